import { checkKey } from './check-keys.ts'
import { validationException } from './errors.ts'
import { keyOf } from './items.ts'
import { keyAttributes, type SecondaryIndex, type Table } from './table.ts'
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

/** Checks that an `ExclusiveStartKey` has exactly the attributes that a `LastEvaluatedKey` here would have. */
export function checkStartKey(
  table: Table,
  index: SecondaryIndex | undefined,
  startKey: Item,
  mismatch = 'The provided starting key is invalid',
  wrongType = 'The provided key element does not match the schema',
): void {
  const wanted = new Map(
    [...keyAttributes(table.key), ...(index === undefined ? [] : keyAttributes(index.key))].map(one => [
      one.name,
      one.type,
    ]),
  )
  if (Object.keys(startKey).length !== wanted.size) throw validationException(mismatch)
  for (const [name, type] of wanted) {
    const value = Object.hasOwn(startKey, name) ? startKey[name] : undefined
    if (value === undefined) throw validationException(mismatch)
    if (!(type in value)) throw validationException(wrongType)
  }
  try {
    checkKey(table, keyOf(table, startKey))
  } catch (error) {
    throw validationException(`The provided starting key is invalid: ${(error as Error).message}`)
  }
}
