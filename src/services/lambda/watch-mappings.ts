import { existsSync } from 'node:fs'
import { findVersion } from './find.ts'
import { parseName } from './names.ts'
import { type LambdaState, type MappingRecord, mappings } from './state.ts'

/** How often a shared store is looked at for what others made, in real milliseconds. */
const lookEvery = 1000

/** Says that a mapping is there, unless the code of its function is another simulator's. */
export async function announceMapping(state: LambdaState, mapping: MappingRecord): Promise<void> {
  if (await runsHere(state, mapping)) state.eventSources.put(mapping)
}

async function runsHere(
  state: LambdaState,
  { FunctionArn: arn, EventSourceMappingArn: own = '' }: MappingRecord,
): Promise<boolean> {
  const [, , , region = '', account = ''] = own.split(':')
  const reference = parseName({ account, region, state }, arn)
  const found = await state.store.read(reader => findVersion(reader, state.host, reference))
  // A function that is gone is an error of each delivery, as on AWS.
  return found === undefined || found.project === true || existsSync(state.packages.filesOf(found.code.id))
}

/**
 * Tells who polls of all mappings that are there and, in a store that other simulators write too, of what they change.
 * Answers how to stop it.
 */
export async function watchMappings(state: LambdaState, isShared: boolean): Promise<() => void> {
  const known = new Map<string, string>()
  let stopped = false
  let cancel = (): void => {}

  async function look(): Promise<void> {
    const found = new Map(
      (await state.store.read(reader => [...mappings.under(reader)])).map(([, mapping]) => [
        mapping.UUID ?? '',
        mapping,
      ]),
    )
    for (const [uuid, mapping] of found) {
      const text = JSON.stringify(mapping)
      if (stopped || known.get(uuid) === text) continue
      known.set(uuid, text)
      await announceMapping(state, mapping)
    }
    for (const uuid of [...known.keys()].filter(one => !found.has(one))) {
      known.delete(uuid)
      state.eventSources.remove(uuid)
    }
  }

  function lookAgain(): void {
    if (stopped) return
    cancel = state.clock.deadline(lookEvery, () => {
      look()
        .catch(error => state.log.warn({ err: error }, 'Event source mappings could not be looked up'))
        .finally(lookAgain)
    })
  }

  await look()
  if (isShared) lookAgain()
  return () => {
    stopped = true
    cancel()
  }
}
