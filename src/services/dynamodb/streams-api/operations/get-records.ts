import type { GetRecordsCommandInput, GetRecordsCommandOutput } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDbOperation } from '../../state.ts'
import { formatIterator, parseIterator } from '../shard-iterator.ts'
import { recordsAfter, retention } from '../shards.ts'
import { requireStream } from '../stream-of.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html */
export const GetRecords: DynamoDbOperation<
  GetRecordsCommandInput,
  Omit<GetRecordsCommandOutput, '$metadata'>
> = async (context, input) => {
  const position = parseIterator(input.ShardIterator ?? '', context.now)
  const { streamArn, shard, after } = position
  return context.state.store.read(reader => {
    const { stream } = requireStream(reader, context, streamArn)
    const read = [...recordsAfter(reader, streamArn, shard, after, input.Limit ?? 1000)]
    const kept = read.filter(
      record => context.now - record.dynamodb.ApproximateCreationDateTime * 1000 <= retention,
    )
    const next = read.at(-1)?.dynamodb.SequenceNumber ?? after
    const isOver = !stream.isEnabled && read.length === 0
    return {
      Records: kept.map(({ dynamodb, userIdentity, ...record }) => ({
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
