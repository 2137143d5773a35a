import type {
  GetShardIteratorCommandInput,
  GetShardIteratorCommandOutput,
} from '@aws-sdk/client-dynamodb-streams'
import { AwsError } from '../../../../aws/index.ts'
import type { Reader } from '../../../../stores/index.ts'
import { validationException } from '../../errors.ts'
import type { DynamoDbOperation } from '../../state.ts'
import { formatIterator } from '../shard-iterator.ts'
import { latestSequence, shardNumber, startingSequence, trimmedTo } from '../shards.ts'
import { requireStream, trimmedData } from '../stream-of.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
export const GetShardIterator: DynamoDbOperation<
  GetShardIteratorCommandInput,
  Omit<GetShardIteratorCommandOutput, '$metadata'>
> = async (context, input) => {
  const [streamArn, shardId] = [input.StreamArn ?? '', input.ShardId ?? '']
  const after = await context.state.store.read(reader => {
    const { shards } = requireStream(reader, streamArn, context.now)
    const shard = shardNumber(streamArn, shardId, shards)
    if (shard === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Shard: ${shardId} in Stream: ${streamArn} not found`,
      )
    }
    return {
      shard,
      after: startOf(
        reader,
        { streamArn, shard, now: context.now },
        input.ShardIteratorType,
        input.SequenceNumber,
      ),
    }
  })
  return { ShardIterator: formatIterator({ streamArn, ...after, issuedAt: context.now }) }
}

function startOf(
  reader: Reader,
  { streamArn, shard, now }: { readonly streamArn: string; readonly shard: number; readonly now: number },
  type: string | undefined,
  sequence: string | undefined,
): string {
  const trimmed = trimmedTo(reader, streamArn, shard, now)
  const isBySequence = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER'
  if (!isBySequence && sequence !== undefined) {
    // That AWS refuses it is in ScyllaDB's suite; the words are assumed.
    throw validationException(`SequenceNumber is not allowed for ShardIteratorType ${type ?? ''}`)
  }
  if (type === 'TRIM_HORIZON') return trimmed
  if (type === 'LATEST') return latestSequence(reader, streamArn, shard)
  if (sequence === undefined || !/^\d{21,40}$/.test(sequence)) {
    throw validationException(`Invalid SequenceNumber for ShardIteratorType ${type ?? ''}`)
  }
  if (trimmed !== startingSequence && sequence <= trimmed) throw trimmedData()
  // The number that a shard starts with has no record here, so there is nothing in front of it.
  return type === 'AFTER_SEQUENCE_NUMBER' || sequence <= startingSequence
    ? sequence
    : String(BigInt(sequence) - 1n).padStart(sequence.length, '0')
}
