import { jsonTable, type Reader, type Writer } from '../../stores/index.ts'
import { mostShards, type StreamViewType } from './table.ts'
import type { KeySchemaInput, TableRecord } from './table-record.ts'

/** Records are kept for a day, and so is a stream that was switched off. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
export const streamRetention = 24 * 60 * 60 * 1000

/** A stream that is or was a table's, as it is kept. */
export interface StreamEntry {
  readonly arn: string
  readonly label: string
  readonly tableName: string
  readonly viewType: StreamViewType
  readonly keySchema: KeySchemaInput
  readonly shards?: number
  /** Milliseconds since 1970; set once the stream was switched off or its table deleted. */
  readonly closedAt?: number
  readonly policy?: { readonly document: string; readonly revision: string }
}

const streams = jsonTable<StreamEntry>('dynamodb/streams')

interface Owner {
  readonly account: string
  readonly region: string
}

/** Writes down what a change of a table's record means for its streams. */
export function registerStreams(
  writer: Writer,
  { account, region }: Owner,
  before: TableRecord | undefined,
  after: TableRecord | undefined,
  now: number,
): void {
  const [old, fresh] = [before?.stream, after?.stream]
  if (old?.isEnabled && (fresh?.arn !== old.arn || !fresh.isEnabled)) {
    const entry = streams.get(writer, account, region, before?.name ?? '', old.label)
    if (entry !== undefined)
      streams.put(writer, { ...entry, closedAt: now }, account, region, entry.tableName, entry.label)
  }
  if (after !== undefined && fresh?.isEnabled && fresh.arn !== old?.arn) {
    const { arn, label, viewType, shards = mostShards } = fresh
    const entry = { arn, label, viewType, shards, tableName: after.name, keySchema: after.keySchema }
    streams.put(writer, entry, account, region, after.name, label)
  }
}

/** Account, region, table and label of a stream's ARN. */
function streamKey(streamArn: string): [string, string, string, string] | undefined {
  const arn = /^arn:[^:]+:dynamodb:([^:]*):([^:]*):table\/([^/]+)\/stream\/([^/]+)$/.exec(streamArn)
  if (arn === null) return undefined
  const [, region = '', account = '', table = '', label = ''] = arn
  return [account, region, table, label]
}

/** Whether a text has the form of a stream's ARN. */
export const isStreamArn = (text: string): boolean => streamKey(text) !== undefined

/** Gives a stream a policy, or takes it away. */
export function putStreamPolicy(writer: Writer, streamArn: string, policy: StreamEntry['policy']): void {
  const key = streamKey(streamArn)
  const entry = key === undefined ? undefined : streams.get(writer, ...key)
  if (key === undefined || entry === undefined) return
  const { policy: _, ...rest } = entry
  streams.put(writer, { ...rest, ...(policy === undefined ? {} : { policy }) }, ...key)
}

/** The stream of that ARN, unless it was closed more than a day ago. */
export function findStream(reader: Reader, streamArn: string, now: number): StreamEntry | undefined {
  const key = streamKey(streamArn)
  const entry = key === undefined ? undefined : streams.get(reader, ...key)
  return entry === undefined || isGone(entry, now) ? undefined : entry
}

/** All streams of an account and region that can still be read, by table and age. */
export function listStreams(reader: Reader, { account, region }: Owner, now: number): StreamEntry[] {
  return [...streams.under(reader, account, region)].flatMap(([, entry]) =>
    isGone(entry, now) ? [] : [entry],
  )
}

const isGone = ({ closedAt }: StreamEntry, now: number): boolean =>
  closedAt !== undefined && now - closedAt > streamRetention

/** Forgets the streams that nobody may read any more. */
export function forgetStreams(writer: Writer, now: number): void {
  for (const [key, entry] of [...streams.under(writer)])
    if (isGone(entry, now)) streams.remove(writer, ...key)
}
