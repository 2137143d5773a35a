import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { encodeKey, type KeyPart, keysUnder, type Reader } from '../../../stores/index.ts'
import { formatSequence, recordsTable, type StreamRecord, trimsTable } from '../stream-log.ts'
import { type StreamEntry, streamRetention } from '../stream-registry.ts'
import { mostShards } from '../table.ts'

/** A shard's id: AWS writes a time and a digest; here both follow from the stream, so that ids never change. */
export function shardIdOf(streamArn: string, shard: number): string {
  const label = streamArn.slice(streamArn.lastIndexOf('/') + 1)
  const time = String(Date.parse(`${label}Z`)).padStart(20, '0')
  const digest = createHash('md5').update(`${streamArn} ${shard}`).digest('hex').slice(0, 8)
  return `shardId-${time}-${digest}`
}

/** All shards of a stream in the order of their ids, which is DescribeStream's. */
export function shardIds({ arn, shards }: Pick<StreamEntry, 'arn' | 'shards'>): readonly string[] {
  return idsByNumber(arn, shards).sort()
}

/** The number of a shard's id, or undefined where the stream has no such shard. */
export function shardNumber(streamArn: string, shardId: string, shards?: number): number | undefined {
  const number = idsByNumber(streamArn, shards).indexOf(shardId)
  return number === -1 ? undefined : number
}

const idsByNumber = (streamArn: string, shards = mostShards): string[] =>
  Array.from({ length: shards }, (_, shard) => shardIdOf(streamArn, shard))

/** The sequence number that every record of a stream is above. */
export const startingSequence = formatSequence(0)

/** Records of a shard after a sequence number, oldest first. */
export function* recordsAfter(
  reader: Reader,
  streamArn: string,
  shard: number,
  after: string,
  limit: number,
): Iterable<StreamRecord> {
  const parts: KeyPart[] = [streamArn, shard]
  const from = Buffer.concat([encodeKey(...parts, after), Buffer.of(0)])
  for (const { value } of reader.range(recordsTable, { from, to: keysUnder(...parts).to, limit })) {
    yield JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString()) as StreamRecord
  }
}

/** The newest record's sequence number in a shard, or the starting one. */
export function latestSequence(reader: Reader, streamArn: string, shard: number): string {
  const range = keysUnder(streamArn, shard)
  for (const { value } of reader.range(recordsTable, { ...range, reverse: true, limit: 1 })) {
    const record = JSON.parse(
      Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString(),
    ) as StreamRecord
    return record.dynamodb.SequenceNumber
  }
  return startingSequence
}

/** The last sequence number that is over its day, whether it was removed yet or not; the starting one for none. */
export function trimmedTo(reader: Reader, streamArn: string, shard: number, now: number): string {
  const stored = reader.get(trimsTable, encodeKey(streamArn, shard))
  let trimmed = stored === undefined ? startingSequence : Buffer.from(stored).toString()
  for (const { value } of reader.range(recordsTable, keysUnder(streamArn, shard))) {
    const { dynamodb } = JSON.parse(Buffer.from(value).toString()) as StreamRecord
    if (now - dynamodb.ApproximateCreationDateTime * 1000 <= streamRetention) break
    trimmed = dynamodb.SequenceNumber
  }
  return trimmed
}
