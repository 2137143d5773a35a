import { createHash } from 'node:crypto'
import { AwsError } from '../aws/index.ts'
import type { Config, TriggerConfig } from '../config/index.ts'
import {
  mappingDefaults,
  type PollerParts,
  type RunningMapping,
  type StreamMapping,
  startMapping,
} from '../triggers/index.ts'
import type { EventBus } from './events.ts'
import type { CallAsRoot } from './resources.ts'

/** A trigger of the configuration that listens to a table. */
export type TableTrigger = Extract<TriggerConfig, { table: string }>

/** The configuration's table triggers at work. */
export interface TableTriggers {
  /** Connects what exists; tables that are made later are connected when they are. */
  start(): Promise<void>
  /** Ends all polling; checkpoints stay. */
  stop(): Promise<void>
}

interface Listener {
  readonly trigger: TableTrigger
  readonly uuid: string
  running: RunningMapping | undefined
  /** What is being done about it, one thing after the other. */
  work: Promise<void>
}

/** Makes the table triggers of a configuration. */
export function createTableTriggers(
  { triggers, account, region }: Pick<Config, 'triggers' | 'account' | 'region'>,
  parts: PollerParts,
  call: CallAsRoot,
  bus: EventBus,
): TableTriggers {
  const listeners: Listener[] = triggers.flatMap((trigger, index) =>
    'table' in trigger && trigger.enabled
      ? [{ trigger, uuid: uuidOf(trigger, index), running: undefined, work: Promise.resolve() }]
      : [],
  )
  let isStarted = false

  async function attach(listener: Listener, isLate: boolean): Promise<void> {
    const { trigger } = listener
    const stream = await streamOf(call, trigger)
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
      .catch(error =>
        parts.log.error(
          { err: error, table: listener.trigger.table },
          'A table trigger could not be connected',
        ),
      )
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

  return {
    async start() {
      isStarted = true
      await Promise.all(listeners.map(listener => follow(listener, false)))
    },
    async stop() {
      isStarted = false
      await Promise.all(listeners.map(listener => listener.work))
      await Promise.all(listeners.map(listener => listener.running?.stop()))
      for (const listener of listeners) listener.running = undefined
    },
  }
}

/** The table's stream, switched on where it is not; undefined while there is no such table. */
async function streamOf(
  call: CallAsRoot,
  { table, streamViewType }: TableTrigger,
): Promise<{ readonly arn: string; readonly isNew: boolean } | undefined> {
  interface Described {
    readonly StreamSpecification?: { readonly StreamEnabled?: boolean }
    readonly LatestStreamArn?: string
  }
  try {
    const { Table } = (await call('dynamodb', 'DescribeTable', { TableName: table })) as { Table: Described }
    if (Table.StreamSpecification?.StreamEnabled && Table.LatestStreamArn !== undefined)
      return { arn: Table.LatestStreamArn, isNew: false }
    const StreamSpecification = { StreamEnabled: true, StreamViewType: streamViewType }
    const { TableDescription } = (await call('dynamodb', 'UpdateTable', {
      TableName: table,
      StreamSpecification,
    })) as {
      TableDescription: Described
    }
    const arn = TableDescription.LatestStreamArn
    return arn === undefined ? undefined : { arn, isNew: true }
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined
    throw error
  }
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
