import { resolve } from 'node:path'
import type { Config } from '../config/index.ts'
import { type Mirror, mirrorParameters } from '../services/index.ts'

type MirrorState = Parameters<typeof mirrorParameters>[0]['state']

/** Keeps Parameter Store like the folder that `resources.parameters` names; undefined where it names none. */
export async function openParameterMirror(config: Config, state: MirrorState): Promise<Mirror | undefined> {
  const { parameters } = config.resources
  if (typeof parameters !== 'string') return undefined
  return await mirrorParameters({
    directory: resolve(config.project, parameters),
    state,
    account: config.account,
    region: config.region,
    log: state.log,
    watch: config.watch,
  })
}
