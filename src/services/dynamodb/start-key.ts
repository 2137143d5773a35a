import { checkKey, checkKeyAttribute } from './check-keys.ts'
import { validationException } from './errors.ts'
import { keyOf } from './items.ts'
import { type KeyAttribute, type KeySchema, keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'
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
