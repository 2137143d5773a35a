import type { GetRecordsCommandInput, GetRecordsCommandOutput } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDbOperation } from '../../state.ts'
import type { StreamRecord } from '../../stream-log.ts'
import { formatIterator, parseIterator } from '../shard-iterator.ts'
import { latestSequence, recordsAfter, trimmedTo } from '../shards.ts'
import { checkLimit, requireStream, trimmedData } from '../stream-of.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html */
export const GetRecords: DynamoDbOperation<
  GetRecordsCommandInput,
  Omit<GetRecordsCommandOutput, '$metadata'>
> = async (context, input) => {
  checkLimit(input.Limit, 1000)
  const position = parseIterator(input.ShardIterator ?? '', context.now)
  const { streamArn, shard, after } = position
  return context.state.store.read(reader => {
    const stream = requireStream(reader, streamArn, context.now)
    if (after < trimmedTo(reader, streamArn, shard, context.now)) throw trimmedData()
    const read = firstMegabyte(recordsAfter(reader, streamArn, shard, after, input.Limit ?? 1000))
    const next = read.at(-1)?.dynamodb.SequenceNumber ?? after
    const isOver = stream.closedAt !== undefined && next >= latestSequence(reader, streamArn, shard)
    return {
      Records: read.map(({ dynamodb, userIdentity, ...record }) => ({
        ...record,
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: context.region,
        dynamodb: {
          ...dynamodb,
          ApproximateCreationDateTime: new Date(dynamodb.ApproximateCreationDateTime * 1000),
        },
        ...(userIdentity === undefined
          ? {}
          : { userIdentity: { PrincipalId: userIdentity.principalId, Type: userIdentity.type } }),
      })),
      ...(isOver
        ? {}
        : { NextShardIterator: formatIterator({ streamArn, shard, after: next, issuedAt: context.now }) }),
    }
  })
}

/** Records up to a megabyte, at least one. */
function firstMegabyte(records: Iterable<StreamRecord>): StreamRecord[] {
  const found: StreamRecord[] = []
  let size = 0
  for (const record of records) {
    size += record.dynamodb.SizeBytes
    if (found.length > 0 && size > 1024 * 1024) break
    found.push(record)
  }
  return found
}
