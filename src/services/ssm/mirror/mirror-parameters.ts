import type { ParameterType, PutParameterRequest } from '@aws-sdk/client-ssm'
import { watch as watchFiles } from 'chokidar'
import { type OperationContext, rootPrincipal, type ServiceEnvironment } from '../../../aws/index.ts'
import type { Cancel, Logger } from '../../../ports/index.ts'
import { jsonTable } from '../../../stores/index.ts'
import { pathOf } from '../names.ts'
import { DeleteParameters } from '../operations/delete-parameters.ts'
import { PutParameter } from '../operations/put-parameter.ts'
import { parameters, type SsmState, type VersionRecord, versions } from '../state.ts'
import { readFolder } from './read-folder.ts'

/** Parameters that came from files, so that those whose line is gone go too; key: account, region, path. */
const mirrored = jsonTable<{ readonly name: string }>('ssm/mirrored')

/** Editors write in several steps; one look after the last is enough. */
const quietMilliseconds = 50

/** What is mirrored where. */
export interface MirrorOptions {
  readonly directory: string
  readonly state: Pick<ServiceEnvironment, 'store' | 'clock' | 'ids' | 'log' | 'activity' | 'events'>
  readonly account: string
  readonly region: string
  readonly log: Logger
  /** Whether to follow changes of the files. */
  readonly watch: boolean
}

/** A running mirror. */
export interface Mirror {
  /** Reads the files once more; answers what was written and removed. */
  sync(): Promise<{ readonly written: readonly string[]; readonly removed: readonly string[] }>
  close(): Promise<void>
}

function isSame(wanted: PutParameterRequest, current: VersionRecord): boolean {
  return (
    wanted.Value === current.value &&
    wanted.Type === current.type &&
    (wanted.Description ?? current.description) === current.description &&
    (wanted.AllowedPattern ?? current.allowedPattern) === current.allowedPattern &&
    (wanted.DataType ?? current.dataType) === current.dataType &&
    (wanted.KeyId ?? current.keyId) === current.keyId &&
    (wanted.Tier ?? current.tier) === current.tier
  )
}

/**
 * Keeps Parameter Store as a folder of JSON files says: nested objects are the hierarchy, below the file's own place
 * (`parameters/dev/app.json` → `/dev/app/…`). What was written by other means stays; a line that goes takes its
 * parameter with it. Rejects with a `UserError` where a file is wrong at the start; later it is logged and the last
 * good state stays.
 */
export async function mirrorParameters(options: MirrorOptions): Promise<Mirror> {
  const { directory, account, region, log } = options
  const { store, clock, activity, events, ids } = options.state
  const state: SsmState = { ...options.state, readSecret: undefined, policyTimers: new Map() }
  const scope = [account, region] as const

  const context = (): OperationContext<SsmState> => ({
    state,
    account,
    region,
    principal: rootPrincipal(account),
    requestId: ids.uuid(),
    now: clock.now(),
    newId: () => ids.uuid(),
    authorize: async () => {},
    emit: event => events.emit({ source: 'ssm', account, region, time: clock.now(), ...event }),
    log,
    http: { sourceIp: '127.0.0.1', secure: false, host: '', headers: {} },
  })

  const current = (path: string): Promise<VersionRecord | undefined> =>
    Promise.resolve(
      store.read(reader => {
        const record = parameters.get(reader, ...scope, path)
        return record && versions.get(reader, ...scope, path, record.latest)
      }),
    )

  async function write(wanted: PutParameterRequest): Promise<boolean> {
    const name = wanted.Name ?? ''
    const path = pathOf(name)
    const before = await current(path)
    if (before === undefined || !isSame(wanted, before)) {
      // A type never changes on AWS: what has another type is another parameter.
      if (before !== undefined && before.type !== (wanted.Type as ParameterType))
        await DeleteParameters(context(), { Names: [name] })
      await PutParameter(context(), { ...wanted, Overwrite: true })
    }
    await store.transaction(writer => mirrored.put(writer, { name }, ...scope, path))
    return before === undefined || !isSame(wanted, before)
  }

  async function syncNow(): Promise<{ written: string[]; removed: string[] }> {
    const wanted = await readFolder(directory)
    const written: string[] = []
    for (const [name, parameter] of wanted) if (await write(parameter)) written.push(name)
    const paths = new Set([...wanted.keys()].map(pathOf))
    const known = await store.read(reader => [...mirrored.under(reader, ...scope)])
    const gone = known.filter(([[, , path]]) => !paths.has(String(path)))
    const removed = gone.map(([, { name }]) => name)
    if (removed.length > 0) await DeleteParameters(context(), { Names: removed })
    if (gone.length > 0)
      await store.transaction(writer => {
        for (const [key] of gone) mirrored.remove(writer, ...key)
      })
    return { written, removed }
  }

  let last: Promise<unknown> = Promise.resolve()
  const sync: Mirror['sync'] = () => {
    const end = activity.begin(`ssm: parameters of ${directory}`)
    const next = last.then(syncNow).finally(end)
    last = next.catch(() => {})
    return next
  }

  const first = await sync()
  log.debug({ directory, written: first.written.length }, 'parameters mirrored')
  if (!options.watch) return { sync, close: async () => {} }

  let waiting: Cancel | undefined
  const watcher = watchFiles(directory, { ignoreInitial: true })
  await new Promise<void>(resolve => {
    watcher.once('ready', resolve)
  })
  watcher.on('all', () => {
    waiting?.()
    waiting = clock.deadline(quietMilliseconds, () => {
      sync().then(
        ({ written, removed }) => {
          if (written.length + removed.length > 0) log.info({ written, removed }, 'parameters reloaded')
        },
        error => log.error({ error }, 'the parameter files are wrong; the last good parameters stay'),
      )
    })
  })
  return {
    sync,
    async close() {
      waiting?.()
      await watcher.close()
      await last
    },
  }
}
