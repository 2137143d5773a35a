import type { Cancel } from './clock.ts'

/** One change as a function sees it in its event, but for the stream's ARN; attribute values as DynamoDB's JSON has them. */
export interface StreamedRecord {
  readonly eventID: string
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly eventVersion: string
  readonly eventSource: 'aws:dynamodb'
  readonly awsRegion: string
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number
    readonly Keys: Readonly<Record<string, unknown>>
    readonly NewImage?: Readonly<Record<string, unknown>>
    readonly OldImage?: Readonly<Record<string, unknown>>
    readonly SequenceNumber: string
    readonly SizeBytes: number
    readonly StreamViewType: string
  }
  readonly userIdentity?: { readonly type: string; readonly principalId: string }
}

/** A part of a stream; it is to be read once its parent was read to the end. */
export interface StreamShard {
  readonly id: string
  readonly parentId?: string
}

/** Some records of a shard. */
export interface StreamPage {
  readonly records: readonly StreamedRecord[]
  /** The shard is closed and these are its last records. */
  readonly isOver: boolean
}

/** Reading streams as pollers do: by shard, from a sequence number on. */
export interface StreamSource {
  /** The enabled stream of one of the account's tables, or undefined. */
  current(table: string): Promise<string | undefined>
  /** The shards that can be read now; empty where there is no such stream. */
  shards(streamArn: string): Promise<readonly StreamShard[]>
  /** The newest record's sequence number, or the number that all records are above. */
  latest(streamArn: string, shardId: string): Promise<string>
  /** Records after a sequence number (absent: from the oldest), oldest first. */
  read(streamArn: string, shardId: string, after: string | undefined, limit: number): Promise<StreamPage>
  /** Calls `news` when there may be records or shards of which no event of this simulator tells. */
  follow(streamArn: string, news: () => void): Cancel
}
