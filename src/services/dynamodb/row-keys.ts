import { hash } from 'node:crypto'
import { type KeyAttribute, type KeySchema, keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import type { AttributeValue, Item } from './values/attribute-value.ts'
import { keyText } from './values/key-text.ts'
import { itemHash, partitionHash } from './values/partition-hash.ts'

// Keys of the store are made as text of a character for each byte: no part of them needs a buffer.

/** The store's table that holds items. */
export const itemsTable = 'dynamodb/items'
/** The store's table that holds the rows of secondary indexes. */
export const indexTable = 'dynamodb/index'

/**
 * An item's key in the store: table id · partition hash · length of partition key · partition key · sort key. So a
 * partition's items lie together in the order of their sort key, and a Scan sees partitions in the order of the hash.
 */
export function itemRowKey(table: Table, item: Item): string {
  const sort = table.key.range[0]
  const partition = partitionPrefix(table, valuesOf(table.key.hash, item))
  return sort === undefined ? partition : partition + keyText(attributeOf(sort, item))
}

/** What the keys of all items of one partition begin with. */
export function partitionPrefix(table: Table, [first]: readonly AttributeValue[]): string {
  if (first === undefined) throw new Error('a table has a partition key')
  const partition = keyText(first)
  const { length } = partition
  return `${table.prefix}${partitionHash(first)}${String.fromCharCode(length >> 8, length & 0xff)}${partition}`
}

/** What the keys of all items of a table begin with. */
export const tablePrefix = (table: Table): string => table.prefix

/**
 * An index row's key: table id · index number · partition hash · sort key, each part ended · the item's own key (its
 * first 512 bytes, so equal sort keys come in the order of a Scan, as dynalite's recordings of AWS have them) · its
 * digest. The partition key does not stand in it (a key of the store has 4,026 bytes); the row holds it, and a reader
 * compares.
 */
export function indexRowKey(table: Table, index: SecondaryIndex, item: Item): string {
  return (
    indexPartitionPrefix(table, index, valuesOf(index.key.hash, item)) +
    sortPrefix(valuesOf(index.key.range, item)) +
    itemHash(keyAttributes(table.key).map(attribute => attributeOf(attribute, item))) +
    digestText(itemRowKey(table, item))
  )
}

/** What the keys of all rows of an index begin with. */
export const indexPrefix = (table: Table, index: SecondaryIndex): string =>
  table.prefix + numberText(index.number)

/** What the keys of all rows of one partition of an index begin with. */
export function indexPartitionPrefix(
  table: Table,
  index: SecondaryIndex,
  partition: readonly AttributeValue[],
): string {
  const [first, ...more] = partition
  if (first === undefined) throw new Error('an index has a partition key')
  return (
    indexPrefix(table, index) + (more.length === 0 ? partitionHash(first) : digestText(sortPrefix(partition)))
  )
}

/** MD5 of a key's text. */
export const digestText = (text: string): string =>
  hash('md5', Buffer.from(text, 'latin1'), 'buffer').toString('latin1')

/** A whole number in eight bytes, the highest first. */
export const longText = (number: number): string => numberText(number / 2 ** 32) + numberText(number)

/** The same in four bytes. */
export const numberText = (number: number): string =>
  String.fromCharCode(number >>> 24, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff)

/** The attributes that an index sorts by: every one is ended, so that a shorter one sorts before its continuations. */
export const sortPrefix = (values: readonly AttributeValue[]): string =>
  values.map(value => `${escapeZeros(keyText(value))}\0\0`).join('')

/** 00 becomes 00 ff, so that 00 00 can end an attribute without changing any order. */
export const escapeZeros = (text: string): string => text.replaceAll('\0', '\0\xff')

/** The first key after all that begin with `prefix`. */
export function afterPrefix(prefix: string): string | undefined {
  for (let end = prefix.length; end > 0; end--) {
    const last = prefix.charCodeAt(end - 1)
    if (last < 0xff) return prefix.slice(0, end - 1) + String.fromCharCode(last + 1)
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
