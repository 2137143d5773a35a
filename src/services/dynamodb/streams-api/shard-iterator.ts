import { Buffer } from 'node:buffer'
import { AwsError } from '../../../aws/index.ts'
import { validationException } from '../errors.ts'

/** Where a reader stands in a shard. */
export interface ShardPosition {
  readonly streamArn: string
  readonly shard: number
  /** The last sequence number that was read. */
  readonly after: string
  /** Milliseconds since 1970. */
  readonly issuedAt: number
}

/** An iterator may be used for fifteen minutes. */
const lifetime = 15 * 60 * 1000

/** Writes a position as an opaque iterator: the stream's ARN, `|1|` and the rest in base64, as AWS's begin. */
export function formatIterator({ streamArn, ...rest }: ShardPosition): string {
  return `${streamArn}|1|${Buffer.from(JSON.stringify(rest)).toString('base64')}`
}

/** Reads an iterator, or throws what DynamoDB answers to a wrong or an old one. */
export function parseIterator(text: string, now: number): ShardPosition {
  const [streamArn = '', version, encoded = ''] = text.split('|')
  const rest = version === '1' ? parseRest(encoded) : undefined
  if (rest === undefined) throw validationException('Invalid ShardIterator')
  if (now - rest.issuedAt > lifetime) throw new AwsError('ExpiredIteratorException', 'Iterator expired')
  return { streamArn, ...rest }
}

function parseRest(encoded: string): Omit<ShardPosition, 'streamArn'> | undefined {
  try {
    const { shard, after, issuedAt } = JSON.parse(
      Buffer.from(encoded, 'base64').toString(),
    ) as Partial<ShardPosition>
    if (typeof shard !== 'number' || typeof after !== 'string' || typeof issuedAt !== 'number')
      return undefined
    return { shard, after, issuedAt }
  } catch {
    // Whatever it was, it is no iterator of ours: the caller says so.
    return undefined
  }
}
