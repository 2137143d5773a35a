import type {
  GetShardIteratorCommandInput,
  GetShardIteratorCommandOutput,
} from '@aws-sdk/client-dynamodb-streams'
import { AwsError } from '../../../../aws/index.ts'
import type { Reader } from '../../../../stores/index.ts'
import { validationException } from '../../errors.ts'
import type { DynamoDbOperation } from '../../state.ts'
import { formatIterator } from '../shard-iterator.ts'
import { latestSequence, shardNumber, startingSequence } from '../shards.ts'
import { requireStream } from '../stream-of.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
export const GetShardIterator: DynamoDbOperation<
  GetShardIteratorCommandInput,
  Omit<GetShardIteratorCommandOutput, '$metadata'>
> = async (context, input) => {
  const [streamArn, shardId] = [input.StreamArn ?? '', input.ShardId ?? '']
  const after = await context.state.store.read(reader => {
    requireStream(reader, context, streamArn)
    const shard = shardNumber(streamArn, shardId)
    if (shard === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Shard: ${shardId} in Stream: ${streamArn} not found`,
      )
    }
    return { shard, after: startOf(reader, streamArn, shard, input.ShardIteratorType, input.SequenceNumber) }
  })
  return { ShardIterator: formatIterator({ streamArn, ...after, issuedAt: context.now }) }
}

function startOf(
  reader: Reader,
  streamArn: string,
  shard: number,
  type: string | undefined,
  sequence: string | undefined,
): string {
  if (type === 'TRIM_HORIZON') return startingSequence
  if (type === 'LATEST') return latestSequence(reader, streamArn, shard)
  if (sequence === undefined || !/^\d{21,40}$/.test(sequence)) {
    throw validationException(`Invalid SequenceNumber for ShardIteratorType ${type ?? ''}`)
  }
  return type === 'AFTER_SEQUENCE_NUMBER'
    ? sequence
    : String(BigInt(sequence) - 1n).padStart(sequence.length, '0')
}
