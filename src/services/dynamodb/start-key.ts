import { checkKey, checkKeyAttribute } from './check-keys.ts'
import { validationException } from './errors.ts'
import { keyOf } from './items.ts'
import { type KeyAttribute, type KeySchema, keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import { contentOf, type Item, typeOf } from './values/attribute-value.ts'
import { checkValue } from './values/check-value.ts'

/** Of these problems DynamoDB does not say that they are about the starting key. */
const unprefixed = /contains duplicates|number set|numeric value|significant digits|number with magnitude/

/** Checks the values of an `ExclusiveStartKey`, before the table is looked at. */
export function checkStartValues(startKey: Item | undefined): void {
  for (const value of Object.values(startKey ?? {})) {
    const problem = checkValue(value)
    if (problem === undefined) continue
    throw validationException(
      unprefixed.test(problem) ? problem : `The provided starting key is invalid: ${problem}`,
    )
  }
}

/** Checks that an `ExclusiveStartKey` has as many attributes as a `LastEvaluatedKey` of the same walk. */
export function checkStartCount(
  table: Table,
  index: SecondaryIndex | undefined,
  startKey: Item,
  mismatch = 'The provided starting key is invalid',
): void {
  const keys = index === undefined ? [table.key] : [table.key, index.key]
  const names = new Set(keys.flatMap(keyAttributes).map(({ name }) => name))
  if (Object.keys(startKey).length !== names.size) throw validationException(mismatch)
}

/**
 * A partition without a sort key is one item: there is nothing to go on with after it.
 * The words are quoted by ScyllaDB's suite, which was run on AWS.
 */
export function refuseRestart(table: Table, index: SecondaryIndex | undefined, startKey: Item): void {
  if (!isOneItem(table, index)) return
  const shown = Object.entries(startKey).map(
    ([name, value]) => `${name}=AttributeValue: {${typeOf(value)}:${String(contentOf(value))}}`,
  )
  throw validationException(
    `The provided exclusive start key is invalid: ExclusiveStartKey: {${shown.join(', ')}}`,
  )
}

/** Whether a query of that table can find one item at most. */
export const isOneItem = (table: Table, index: SecondaryIndex | undefined): boolean =>
  index === undefined && table.key.range.length === 0

/** Checks one attribute of the key that is walked along. */
export function checkStartAttribute(schema: KeySchema, attribute: KeyAttribute, startKey: Item): void {
  if (!Object.hasOwn(startKey, attribute.name))
    throw validationException('The provided starting key is invalid')
  checkKeyAttribute(schema, attribute, startKey)
}

/** Checks the part of an `ExclusiveStartKey` that is the table's own key. */
export function checkStartItem(table: Table, startKey: Item): void {
  try {
    checkKey(table, keyOf(table, startKey))
  } catch (error) {
    throw validationException(`The provided starting key is invalid: ${(error as Error).message}`)
  }
}
