import { createHash } from 'node:crypto'
import { AwsError } from '../aws/index.ts'
import type { Config, TriggerConfig } from '../config/index.ts'
import type { StreamSource } from '../ports/index.ts'
import {
  createTroubles,
  mappingDefaults,
  type PollerParts,
  type RunningMapping,
  type StreamMapping,
  startMapping,
  type Troubles,
} from '../triggers/index.ts'
import type { EventBus } from './events.ts'
import type { CallAsRoot } from './resources.ts'

/** A trigger of the configuration that listens to a table. */
export type TableTrigger = Extract<TriggerConfig, { table: string }>

/** The configuration's table triggers at work. */
export interface TableTriggers {
  /** Connects what exists; tables that are made later are connected when they are. */
  start(): Promise<void>
  /** Answers when what is written into a new table is recorded for its triggers. */
  record(table: string): Promise<void>
  /** Ends all polling; checkpoints stay. */
  stop(): Promise<void>
}

interface Listener {
  readonly trigger: TableTrigger
  readonly uuid: string
  running: RunningMapping | undefined
  readonly troubles: Troubles
  /** What is being done about it, one thing after the other. */
  work: Promise<void>
}

/** How long a table that is being made is left alone, in milliseconds of the simulator's clock. */
const busyWait = 500
/** How often a shared store is looked at for tables that others made, in real milliseconds. */
const lookEvery = 1000

/** Makes the table triggers of a configuration. */
export function createTableTriggers(
  { triggers, account, region }: Pick<Config, 'triggers' | 'account' | 'region'>,
  parts: PollerParts & { readonly isShared: boolean },
  call: CallAsRoot,
  bus: EventBus,
): TableTriggers {
  const listeners: Listener[] = triggers.flatMap((trigger, index) =>
    'table' in trigger && trigger.enabled
      ? [
          {
            trigger,
            uuid: uuidOf(trigger, index),
            running: undefined,
            troubles: createTroubles(parts.log, { table: trigger.table }),
            work: Promise.resolve(),
          },
        ]
      : [],
  )
  let isStarted = false

  async function attach(listener: Listener, isLate: boolean): Promise<void> {
    const { trigger } = listener
    const stream = await streamOf(parts.streams, call, trigger)
    if (stream === 'busy') {
      parts.clock.after(busyWait, () => isStarted && void follow(listener, isLate))
      return
    }
    if (stream?.arn === listener.running?.mapping.eventSourceArn) return
    await listener.running?.stop()
    listener.running = undefined
    if (stream === undefined) return
    // A stream that began after its trigger has nothing that the trigger should not see.
    const startingPosition = isLate || stream.isNew ? 'TRIM_HORIZON' : trigger.startingPosition
    const mapping = mappingOf(listener, stream.arn, startingPosition, { account, region })
    listener.running = await startMapping(parts, mapping)
  }

  function follow(listener: Listener, isLate: boolean): Promise<void> {
    const ended = parts.activity.begin(`trigger of ${listener.trigger.table}`)
    listener.work = listener.work
      .then(() => attach(listener, isLate))
      .then(listener.troubles.over)
      .catch(error => listener.troubles.note(error, 'A table trigger could not be connected'))
      .finally(ended)
    return listener.work
  }

  bus.subscribe(({ source, type, detail }) => {
    if (source !== 'dynamodb' || !isStarted) return
    if (type === 'StreamGrew') {
      for (const { running } of listeners)
        if (running !== undefined && running.mapping.eventSourceArn === detail['streamArn']) running.wake()
    } else if (type === 'TableChanged') {
      for (const listener of listeners)
        if (listener.trigger.table === detail['table']) void follow(listener, true)
    }
  })

  /** Tables that others make, switch or delete in a shared store, or behind a database's own door. */
  let looking: Promise<void> = Promise.resolve()
  let cancel = (): void => {}
  const look = async (): Promise<void> => {
    for (const listener of listeners) {
      // A store that cannot be read now is looked at again.
      const arn = await parts.streams.current(listener.trigger.table).catch(() => undefined)
      if (isStarted && (arn === undefined || arn !== listener.running?.mapping.eventSourceArn))
        await follow(listener, true)
    }
    if (isStarted) lookLater()
  }
  const lookLater = (): void => {
    cancel = parts.clock.deadline(lookEvery, () => {
      looking = look()
    })
  }

  return {
    async start() {
      isStarted = true
      await Promise.all(listeners.map(listener => follow(listener, false)))
      if (parts.isShared && listeners.length > 0) lookLater()
    },
    async record(table) {
      if (!isStarted) return
      const listening = listeners.filter(({ trigger }) => trigger.table === table)
      // What fails here fails in `attach` as well, which says so.
      await Promise.allSettled(listening.map(({ trigger }) => streamOf(parts.streams, call, trigger)))
    },
    async stop() {
      isStarted = false
      cancel()
      await looking
      await Promise.all(listeners.map(listener => listener.work))
      await Promise.all(listeners.map(listener => listener.running?.stop()))
      for (const listener of listeners) listener.running = undefined
    },
  }
}

/** The table's stream, switched on where it is not; undefined while there is no such table. */
async function streamOf(
  streams: StreamSource,
  call: CallAsRoot,
  { table, streamViewType }: TableTrigger,
): Promise<{ readonly arn: string; readonly isNew: boolean } | 'busy' | undefined> {
  const known = await streams.current(table)
  if (known !== undefined) return { arn: known, isNew: false }
  try {
    const StreamSpecification = { StreamEnabled: true, StreamViewType: streamViewType }
    await call('dynamodb', 'UpdateTable', { TableName: table, StreamSpecification })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    if (error.code === 'ResourceNotFoundException') return undefined
    if (error.code === 'ResourceInUseException') return 'busy'
    // Another simulator may have switched it on in this moment.
    const arn = await streams.current(table)
    if (arn === undefined) throw error
    return { arn, isNew: true }
  }
  const arn = await streams.current(table)
  return arn === undefined ? undefined : { arn, isNew: true }
}

/** The same trigger has the same id in the next run, so that it finds its checkpoints. */
function uuidOf({ table, function: name }: TableTrigger, index: number): string {
  const hex = createHash('sha256').update(`${index} ${table} ${name}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}

function mappingOf(
  { trigger, uuid }: Listener,
  eventSourceArn: string,
  startingPosition: StreamMapping['startingPosition'],
  { account, region }: { readonly account: string; readonly region: string },
): StreamMapping {
  const name = trigger.function
  return {
    ...mappingDefaults,
    uuid,
    eventSourceArn,
    functionName: name,
    functionArn: name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${name}`,
    startingPosition,
    batchSize: trigger.batchSize,
    maximumBatchingWindowInSeconds: trigger.maximumBatchingWindowInSeconds,
    filters: trigger.filters ?? [],
    parallelizationFactor: trigger.parallelizationFactor,
    maximumRetryAttempts: trigger.maximumRetryAttempts,
    maximumRecordAgeInSeconds: trigger.maximumRecordAgeInSeconds,
    bisectBatchOnFunctionError: trigger.bisectBatchOnFunctionError,
    reportBatchItemFailures: trigger.reportBatchItemFailures,
    tumblingWindowInSeconds: trigger.tumblingWindowInSeconds,
    ...(trigger.onFailure === undefined ? {} : { onFailure: trigger.onFailure }),
  }
}
