/** One attribute of a key with the type that `AttributeDefinitions` gives it. */
export interface KeyAttribute {
  readonly name: string
  readonly type: 'S' | 'N' | 'B'
}

/** A table's or an index's key: up to four attributes to partition by (more than one in indexes only), up to four to sort by. */
export interface KeySchema {
  readonly hash: readonly KeyAttribute[]
  readonly range: readonly KeyAttribute[]
}

/** A secondary index. */
export interface SecondaryIndex {
  readonly name: string
  /** Unique within the table and never used again; part of its rows' keys. */
  readonly number: number
  readonly isGlobal: boolean
  /** Milliseconds since 1970: until then it is being filled and cannot be read. */
  readonly readyAt?: number
  readonly key: KeySchema
  readonly projection: Projection
}

/** What an index shows of an item besides its own and the table's keys. */
export interface Projection {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'
  readonly attributes: readonly string[]
}

/** What of an item a stream record shows. */
export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES'

/** Shards that a stream may have; an item's partition decides its shard, so an item's changes stay in their order. */
export const mostShards = 4

/** A table as the data plane needs it, made from its description once per change. */
export interface Table {
  readonly name: string
  readonly arn: string
  /** Eight bytes in hex that no other table has or had: a table made again under its name begins empty. */
  readonly id: string
  /** These bytes as text of a character each: what the keys of the table's rows begin with. */
  readonly prefix: string
  readonly key: KeySchema
  readonly indexes: readonly SecondaryIndex[]
  readonly stream?: { readonly arn: string; readonly viewType: StreamViewType; readonly shards: number }
  /** The attribute that holds the second in which an item expires. */
  readonly timeToLive?: string
  /** Point-in-time recovery is on: what was there before each change is kept. */
  readonly keepsHistory?: true
}

/** All attributes of a key, partition first. */
export function keyAttributes(key: KeySchema): readonly KeyAttribute[] {
  return key.range.length === 0 ? key.hash : [...key.hash, ...key.range]
}
