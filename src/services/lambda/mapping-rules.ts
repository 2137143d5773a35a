import type { CreateEventSourceMappingRequest, EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import { isPattern } from '../../lib/index.ts'
import { invalidParameter } from './errors.ts'
import type { MappingRecord } from './state.ts'

/** What is polled: the service of a source's ARN, or Kafka of one's own. */
export function sourceOf(
  input: Pick<CreateEventSourceMappingRequest, 'EventSourceArn' | 'SelfManagedEventSource'>,
): string {
  if (input.EventSourceArn !== undefined) return input.EventSourceArn.split(':')[2] ?? ''
  if (input.SelfManagedEventSource) return 'kafka'
  throw invalidParameter('Unrecognized event source.')
}

export function isStream(source: string): boolean {
  return source === 'dynamodb' || source === 'kinesis'
}

function isPatternText(text: string | undefined): boolean {
  try {
    return isPattern(JSON.parse(text ?? ''))
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

/** That a pattern of an unknown operator is refused like one that is no JSON is assumed. */
export function checkFilters(input: Pick<CreateEventSourceMappingRequest, 'FilterCriteria'>): void {
  for (const { Pattern } of input.FilterCriteria?.Filters ?? [])
    if (!isPatternText(Pattern)) throw invalidParameter('Invalid filter pattern definition.')
}

/** Documented: -1, or a minute to a week; the model alone would let less than a minute pass. Words assumed. */
export function checkAge(input: Pick<CreateEventSourceMappingRequest, 'MaximumRecordAgeInSeconds'>): void {
  const { MaximumRecordAgeInSeconds: age = -1 } = input
  if (age !== -1 && age < 60)
    throw invalidParameter(
      `Invalid request provided: MaximumRecordAgeInSeconds must be -1 or between 60 and 604800, not ${age}.`,
    )
}

/** Texts as recorded from AWS. */
export function checkMapping(input: CreateEventSourceMappingRequest): string {
  const source = sourceOf(input)
  checkFilters(input)
  checkAge(input)
  if (source === 'sqs') {
    if (input.DestinationConfig)
      throw invalidParameter('Unsupported DestinationConfig parameter for given event source mapping type.')
    return source
  }
  if (isStream(source) && input.StartingPosition === undefined)
    throw invalidParameter(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    )
  if (source === 'dynamodb' && input.StartingPosition === 'AT_TIMESTAMP')
    throw invalidParameter(`Unsupported starting position for arn type: ${input.EventSourceArn}`)
  return source
}

/** What AWS fills in. https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export function mappingDefaults(source: string): Partial<MappingRecord> {
  if (source === 'sqs')
    return {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      StateTransitionReason: 'USER_INITIATED',
    }
  if (!isStream(source)) return { BatchSize: 100, StateTransitionReason: 'USER_INITIATED' }
  return {
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 0,
    ParallelizationFactor: 1,
    BisectBatchOnFunctionError: false,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    TumblingWindowInSeconds: 0,
    FunctionResponseTypes: [],
    LastProcessingResult: 'No records processed',
    StateTransitionReason: 'User action',
    DestinationConfig: { OnFailure: {} },
  }
}

/** What reads of a mapping answer; writes say what is going on. */
export function mappingAnswer(
  { modified, startAt, FilterCriteria, ...record }: MappingRecord,
  state: string | undefined = record.State,
  result?: string,
): EventSourceMappingConfiguration {
  return {
    ...record,
    // An empty list is how filters are taken away, and answered as none.
    ...(FilterCriteria?.Filters?.length && { FilterCriteria }),
    ...(result !== undefined && { LastProcessingResult: result }),
    ...(state !== undefined && { State: state }),
    LastModified: new Date(modified),
    ...(startAt !== undefined && { StartingPositionTimestamp: new Date(startAt) }),
  }
}
