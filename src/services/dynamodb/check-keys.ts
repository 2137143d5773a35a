import { Buffer } from 'node:buffer'
import { invalidParameter, validationException } from './errors.ts'
import type { Path } from './expressions/index.ts'
import { type KeyAttribute, type KeySchema, keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import { type AttributeValue, type Item, typeOf } from './values/attribute-value.ts'

/** Bytes of a partition key and of a sort key. */
const limits = { hash: 2048, range: 1024 } as const

/** Checks a request's `Key`: exactly the table's key attributes, each of its type, none empty or too long. */
export function checkKey(table: Table, key: Item): void {
  const attributes = keyAttributes(table.key)
  if (Object.keys(key).length !== attributes.length) throw schemaMismatch()
  for (const attribute of attributes) checkKeyAttribute(table.key, attribute, key)
}

/** Checks one attribute of a key. */
export function checkKeyAttribute(schema: KeySchema, attribute: KeyAttribute, key: Item): void {
  const value = Object.hasOwn(key, attribute.name) ? key[attribute.name] : undefined
  if (value === undefined || !(attribute.type in value)) throw schemaMismatch()
  if (isEmpty(value)) {
    throw validationException(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. Key: ${attribute.name}`,
    )
  }
  checkLength(schema, attribute, value)
}

/** In a batch an item whose key is missing or of a wrong type is refused in the words of a wrong key (recorded by dynalite). */
export function checkKeyTypes(table: Table, item: Item): void {
  for (const { name, type } of keyAttributes(table.key)) {
    const value = Object.hasOwn(item, name) ? item[name] : undefined
    if (value === undefined || !(type in value)) throw schemaMismatch()
  }
}

const schemaMismatch = (): Error => validationException('The provided key element does not match the schema')

/** Checks that an item to be put has the table's key, and that what it has of index keys is of the right type. */
export function checkItemKeys(table: Table, item: Item): void {
  if (Object.hasOwn(item, '')) throw emptyName()
  for (const attribute of keyAttributes(table.key)) {
    const value = Object.hasOwn(item, attribute.name) ? item[attribute.name] : undefined
    if (value === undefined) throw invalidParameter(`Missing the key ${attribute.name} in the item`)
    if (!(attribute.type in value)) {
      throw invalidParameter(
        `Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeOf(value)}`,
      )
    }
    if (isEmpty(value)) {
      throw validationException(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. Key: ${attribute.name}`,
      )
    }
    checkLength(table.key, attribute, value)
  }
  for (const index of table.indexes) {
    for (const attribute of keyAttributes(index.key)) {
      const value = Object.hasOwn(item, attribute.name) ? item[attribute.name] : undefined
      if (value === undefined) continue
      checkIndexKey(index, attribute, value)
      // That an index's key has the bounds of a table's is documented; that the words are the same is assumed.
      checkLength(index.key, attribute, value)
    }
  }
}

/** An attribute of an index's key may be missing, but not be of another type or empty. */
function checkIndexKey(
  { name: index }: SecondaryIndex,
  { name, type }: KeyAttribute,
  value: AttributeValue,
): void {
  if (!(type in value)) {
    throw invalidParameter(
      `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index}`,
    )
  }
  if (isEmpty(value)) {
    throw validationException(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
        `The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. IndexName: ${index}, IndexKey: ${name}`,
    )
  }
}

/**
 * Whether the (sparse) index shows an item: only if it has all of the index's key attributes, each of its type, none
 * empty or too long. What was there before the index may be otherwise.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html#GSI.OnlineOps.ViolationDetection
 */
export function isIndexed({ key }: SecondaryIndex, item: Item): boolean {
  return keyAttributes(key).every(attribute => {
    const value = Object.hasOwn(item, attribute.name) ? item[attribute.name] : undefined
    return (
      value !== undefined && attribute.type in value && !isEmpty(value) && !isTooLong(key, attribute, value)
    )
  })
}

/** Whether a key's value has more bytes than its place in the key allows. */
export function isTooLong(key: KeySchema, attribute: KeyAttribute, value: AttributeValue): boolean {
  const limit = limits[key.hash.includes(attribute) ? 'hash' : 'range']
  // Three bytes is the most that a character takes.
  if ('S' in value) return value.S.length * 3 > limit && Buffer.byteLength(value.S) > limit
  return 'B' in value && Buffer.byteLength(value.B, 'base64') > limit
}

function checkLength(key: KeySchema, attribute: KeyAttribute, value: AttributeValue): void {
  if (!isTooLong(key, attribute, value)) return
  // The missing blank is DynamoDB's.
  throw invalidParameter(
    key.hash.includes(attribute)
      ? 'Size of hashkey has exceeded the maximum size limit of2048 bytes'
      : 'Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
  )
}

/** `Empty attribute name` is what ScyllaDB's suite looks for in AWS's answer; what stands in front is assumed. */
export const emptyName = (): Error => invalidParameter('Empty attribute name')

/** What an empty value is called where no key may have one; undefined for what is not empty. */
export function emptyKind(value: AttributeValue): 'string' | 'binary' | undefined {
  if ('S' in value && value.S === '') return 'string'
  return 'B' in value && value.B === '' ? 'binary' : undefined
}

const isEmpty = (value: AttributeValue): boolean => emptyKind(value) !== undefined

/** Key attributes are scalars, so no path may lead into one. */
export function checkKeyPaths(table: Table, paths: readonly Path[]): void {
  const heads = new Set(paths.filter(path => path.length > 1).map(path => path[0]))
  if (heads.size === 0) return
  const refuse = (kind: string, name: string): never => {
    throw validationException(
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${kind}: ${name}`,
    )
  }
  for (const { name } of keyAttributes(table.key)) if (heads.has(name)) refuse('Key', name)
  for (const index of table.indexes) {
    for (const { name } of keyAttributes(index.key)) if (heads.has(name)) refuse('IndexKey', name)
  }
}
