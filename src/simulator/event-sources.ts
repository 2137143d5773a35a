import type { EventSources, MappingRecord } from '../services/index.ts'
import {
  mappingDefaults,
  type PollerParts,
  type RunningMapping,
  type StreamMapping,
  startMapping,
} from '../triggers/index.ts'
import type { EventBus } from './events.ts'

/** The Lambda API's event source mappings at work. */
export interface PolledSources extends EventSources {
  stop(): Promise<void>
}

interface Source {
  /** The record that it follows, as text. */
  text: string | undefined
  running: RunningMapping | undefined
  /** What is being done about it, one thing after the other. */
  work: Promise<void>
}

/** Polls DynamoDB's streams; of other sources the state is kept and a warning says that nobody polls. */
export function createEventSources(given: PollerParts, bus: EventBus): PolledSources {
  const sources = new Map<string, Source>()
  const results = new Map<string, string>()
  const parts: PollerParts = {
    ...given,
    noteResult: (uuid, isFailure) =>
      void results.set(uuid, isFailure ? 'PROBLEM: Function call failed' : 'OK'),
  }

  const follow = (uuid: string, mapping: StreamMapping | undefined): void => {
    const source = sources.get(uuid) ?? { text: undefined, running: undefined, work: Promise.resolve() }
    // In a shared store the same change is heard of twice.
    const text = JSON.stringify(mapping)
    if (sources.has(uuid) && source.text === text) return
    source.text = text
    sources.set(uuid, source)
    const ended = parts.activity.begin(`event source mapping ${uuid}`)
    source.work = source.work
      .then(async () => {
        await source.running?.stop()
        source.running = mapping && (await startMapping(parts, mapping))
      })
      .catch(error => parts.log.error({ error, uuid }, 'An event source mapping could not be started'))
      .finally(ended)
  }

  bus.subscribe(({ source, type, detail }) => {
    if (source !== 'dynamodb' || type !== 'StreamGrew') return
    for (const { running } of sources.values())
      if (running?.mapping.eventSourceArn === detail['streamArn']) running?.wake()
  })

  return {
    put(record) {
      const { EventSourceArn: arn = '', UUID: uuid, State } = record
      if (!arn.startsWith('arn:aws:dynamodb:'))
        parts.log.warn(
          { uuid, source: arn },
          `Lambdarium polls DynamoDB's streams only: ${record.FunctionArn} gets nothing from ${arn || 'Kafka'}`,
        )
      else follow(uuid, State === 'Enabled' ? streamMapping(record, arn) : undefined)
    },
    remove: uuid => follow(uuid, undefined),
    async hasStream(arn) {
      try {
        return (await parts.streams.shards(arn)).length > 0
      } catch (error) {
        parts.log.debug({ err: error, arn }, 'A stream could not be looked up')
        return false
      }
    },
    lastResult: uuid => results.get(uuid),
    async stop() {
      for (const uuid of sources.keys()) follow(uuid, undefined)
      await Promise.all([...sources.values()].map(({ work }) => work))
    },
  }
}

function streamMapping(record: MappingRecord, eventSourceArn: string): StreamMapping {
  const { UUID: uuid, FunctionArn: functionArn = '', DestinationConfig, FilterCriteria } = record
  const onFailure = DestinationConfig?.OnFailure?.Destination
  const given = {
    batchSize: record.BatchSize,
    maximumBatchingWindowInSeconds: record.MaximumBatchingWindowInSeconds,
    parallelizationFactor: record.ParallelizationFactor,
    maximumRetryAttempts: record.MaximumRetryAttempts,
    maximumRecordAgeInSeconds: record.MaximumRecordAgeInSeconds,
    bisectBatchOnFunctionError: record.BisectBatchOnFunctionError,
    tumblingWindowInSeconds: record.TumblingWindowInSeconds,
  }
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  return {
    ...mappingDefaults,
    ...(Object.fromEntries(said) as Partial<Record<keyof typeof given, never>>),
    uuid,
    eventSourceArn,
    functionName: functionArn,
    functionArn,
    startingPosition: record.StartingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    filters: (FilterCriteria?.Filters ?? []).map(({ Pattern = '{}' }) => JSON.parse(Pattern) as unknown),
    reportBatchItemFailures: record.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    ...(onFailure !== undefined && onFailure !== '' && { onFailure }),
  }
}
