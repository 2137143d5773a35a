import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { type KeyAttribute, type KeySchema, keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import type { AttributeValue, Item } from './values/attribute-value.ts'
import { keyBytes } from './values/key-bytes.ts'
import { itemHash, partitionHash, writePartitionHash } from './values/partition-hash.ts'

/** The store's table that holds items. */
export const itemsTable = 'dynamodb/items'
/** The store's table that holds the rows of secondary indexes. */
export const indexTable = 'dynamodb/index'

/**
 * An item's key in the store: table id · partition hash · length of partition key · partition key · sort key. So a
 * partition's items lie together in the order of their sort key, and a Scan sees partitions in the order of the hash.
 */
export function itemRowKey(table: Table, item: Item): Buffer {
  const sort = table.key.range[0]
  return rowKey(
    table,
    valuesOf(table.key.hash, item),
    sort === undefined ? undefined : attributeOf(sort, item),
  )
}

/** What the keys of all items of one partition begin with. */
export function partitionPrefix(table: Table, hash: readonly AttributeValue[]): Buffer {
  return rowKey(table, hash, undefined)
}

/** In one buffer, into which text is written at once: every request makes such keys, a batch many. */
function rowKey(table: Table, hash: readonly AttributeValue[], sort: AttributeValue | undefined): Buffer {
  const [first] = hash
  if (first === undefined) throw new Error('a table has a partition key')
  const partition = 'S' in first ? first.S : keyBytes(first)
  const rest = sort === undefined ? '' : 'S' in sort ? sort.S : keyBytes(sort)
  const length = Buffer.byteLength(partition)
  const key = Buffer.allocUnsafe(26 + length + Buffer.byteLength(rest))
  key.write(table.id, 0, 8, 'hex')
  writePartitionHash(first, key, 8)
  key.writeUInt16BE(length, 24)
  place(partition, key, 26)
  place(rest, key, 26 + length)
  return key
}

function place(part: string | Buffer, key: Buffer, at: number): void {
  if (typeof part === 'string') key.write(part, at)
  else part.copy(key, at)
}

/** What the keys of all items of a table begin with. */
export const tablePrefix = (table: Table): Buffer => Buffer.from(table.id, 'hex')

/**
 * An index row's key: table id · index number · partition hash · sort key, each part ended · the item's own key (its
 * first 512 bytes, so equal sort keys come in the order of a Scan, as dynalite's recordings of AWS have them) · its
 * digest. The partition key does not stand in it (a key of the store has 4,026 bytes); the row holds it, and a reader
 * compares.
 */
export function indexRowKey(table: Table, index: SecondaryIndex, item: Item): Buffer {
  const own = itemRowKey(table, item)
  return Buffer.concat([
    indexPartitionPrefix(table, index, valuesOf(index.key.hash, item)),
    sortPrefix(valuesOf(index.key.range, item)),
    itemHash(keyAttributes(table.key).map(attribute => attributeOf(attribute, item))),
    createHash('md5').update(own).digest(),
  ])
}

/** What the keys of all rows of an index begin with. */
export function indexPrefix(table: Table, index: SecondaryIndex): Buffer {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(index.number)
  return Buffer.concat([tablePrefix(table), number])
}

/** What the keys of all rows of one partition of an index begin with. */
export function indexPartitionPrefix(
  table: Table,
  index: SecondaryIndex,
  hash: readonly AttributeValue[],
): Buffer {
  const [first, ...more] = hash
  if (first === undefined) throw new Error('an index has a partition key')
  const digest =
    more.length === 0 ? partitionHash(first) : createHash('md5').update(sortPrefix(hash)).digest()
  return Buffer.concat([indexPrefix(table, index), digest])
}

/** The attributes that an index sorts by: every one is ended, so that a shorter one sorts before its continuations. */
export function sortPrefix(values: readonly AttributeValue[]): Buffer {
  return Buffer.concat(values.flatMap(value => [escapeZeros(keyBytes(value)), ended]))
}

const ended = Buffer.of(0, 0)

/** 00 becomes 00 ff, so that 00 00 can end an attribute without changing any order. */
export function escapeZeros(bytes: Buffer): Buffer {
  if (!bytes.includes(0)) return bytes
  const escaped: number[] = []
  for (const byte of bytes) {
    escaped.push(byte)
    if (byte === 0) escaped.push(0xff)
  }
  return Buffer.from(escaped)
}

/** The first key after all that begin with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  for (let end = prefix.length; end > 0; end--) {
    const last = prefix[end - 1] ?? 0xff
    if (last === 0xff) continue
    const next = Buffer.from(prefix.subarray(0, end))
    next[end - 1] = last + 1
    return next
  }
  return undefined
}

function attributeOf(attribute: KeyAttribute, item: Item): AttributeValue {
  const value = item[attribute.name]
  if (value === undefined) throw new Error(`key attribute ${attribute.name} got past validation`)
  return value
}

/** The values of some key attributes; the item is known to have them. */
export function valuesOf(attributes: KeySchema['hash'], item: Item): AttributeValue[] {
  return attributes.map(attribute => attributeOf(attribute, item))
}
