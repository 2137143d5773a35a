import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'
import {
  type KeyAttribute,
  type KeySchema,
  mostShards,
  type SecondaryIndex,
  type StreamViewType,
  type Table,
} from './table.ts'
import type { Busy } from './table-status.ts'

/** A key as CreateTable gives it. */
export type KeySchemaInput = readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[]

export interface Throughput {
  readonly ReadCapacityUnits: number
  readonly WriteCapacityUnits: number
  /** Milliseconds since 1970. */
  readonly increasedAt?: number
  readonly decreasedAt?: number
  /** How often it was decreased on the day (UTC) of `decreasedAt`. */
  readonly decreases?: number
}

/** The most that an on-demand table is meant to take. */
export interface OnDemandThroughput {
  readonly MaxReadRequestUnits?: number | undefined
  readonly MaxWriteRequestUnits?: number | undefined
}

/** What a table is meant to be ready for. */
export interface WarmThroughput {
  readonly ReadUnitsPerSecond?: number | undefined
  readonly WriteUnitsPerSecond?: number | undefined
}

/** A secondary index as it is kept. */
export interface IndexRecord {
  readonly name: string
  readonly number: number
  readonly isGlobal: boolean
  readonly keySchema: KeySchemaInput
  readonly projection: {
    readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'
    readonly NonKeyAttributes?: readonly string[]
  }
  readonly throughput?: Throughput
  readonly onDemandThroughput?: OnDemandThroughput
  readonly warmThroughput?: WarmThroughput
}

/** A table as it is kept: what DescribeTable shows, and what the simulator needs besides. */
export interface TableRecord {
  readonly name: string
  readonly arn: string
  /** DescribeTable's TableId, a UUID; eight bytes of its digest are part of every row's key. */
  readonly id: string
  /** Set by the last change where tables take their time. */
  readonly busy?: Busy
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[]
  readonly keySchema: KeySchemaInput
  readonly indexes: readonly IndexRecord[]
  /** Counts up; an index number is never used again. */
  readonly nextIndexNumber: number
  readonly billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST'
  readonly throughput?: Throughput
  readonly stream?: {
    readonly label: string
    readonly arn: string
    readonly viewType: StreamViewType
    readonly isEnabled: boolean
    /** Absent where a stream is older than this member: then it has all that a stream may have. */
    readonly shards?: number
  }
  readonly timeToLive?: { readonly attribute: string; readonly isEnabled: boolean }
  readonly deletionProtection: boolean
  readonly tableClass?: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS'
  /** As described; null once it was switched off. */
  readonly sse?: Readonly<Record<string, string>> | null
  readonly onDemandThroughput?: OnDemandThroughput
  readonly warmThroughput?: WarmThroughput
  /** What it was restored from. */
  readonly restored?: { readonly backupArn?: string; readonly tableArn: string; readonly at: number }
  readonly tags: Readonly<Record<string, string>>
  readonly resourcePolicy?: { readonly document: string; readonly revision: string }
  readonly pointInTimeRecovery?: { readonly enabledAt: number; readonly periodInDays: number }
}

/** The form in which operations use a table. */
export function compileTable(record: TableRecord): Table {
  const key = (schema: KeySchemaInput): KeySchema => ({
    hash: attributesOf(record, schema, 'HASH'),
    range: attributesOf(record, schema, 'RANGE'),
  })
  const indexes: SecondaryIndex[] = record.indexes.map(index => ({
    name: index.name,
    number: index.number,
    isGlobal: index.isGlobal,
    ...(record.busy?.index === index.name ? { readyAt: record.busy.until } : {}),
    key: key(index.keySchema),
    projection: {
      type: index.projection.ProjectionType,
      attributes: index.projection.NonKeyAttributes ?? [],
    },
  }))
  // A digest, so that ids that differ anywhere differ here.
  const id = hash('md5', record.id, 'hex').slice(0, 16)
  return {
    name: record.name,
    arn: record.arn,
    id,
    prefix: Buffer.from(id, 'hex').toString('latin1'),
    key: key(record.keySchema),
    indexes,
    ...(record.stream?.isEnabled ? { stream: streamOf(record.stream) } : {}),
    ...(record.pointInTimeRecovery === undefined ? {} : { keepsHistory: true as const }),
    ...(record.timeToLive?.isEnabled ? { timeToLive: record.timeToLive.attribute } : {}),
  }
}

function streamOf({
  arn,
  viewType,
  shards = mostShards,
}: NonNullable<TableRecord['stream']>): NonNullable<Table['stream']> {
  return { arn, viewType, shards }
}

function attributesOf(record: TableRecord, schema: KeySchemaInput, kind: 'HASH' | 'RANGE'): KeyAttribute[] {
  return schema
    .filter(element => element.KeyType === kind)
    .map(({ AttributeName: name }) => {
      const definition = record.attributes.find(attribute => attribute.AttributeName === name)
      if (definition === undefined)
        throw new Error(`key attribute ${name} of ${record.name} has no definition`)
      return { name, type: definition.AttributeType }
    })
}
