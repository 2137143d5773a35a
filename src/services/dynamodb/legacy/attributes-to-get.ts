import { emptyName } from '../check-keys.ts'
import { invalidParameter } from '../errors.ts'
import type { Path } from '../expressions/index.ts'

/** `AttributesToGet`, the old projection: names of whole attributes, none twice. */
export function attributesToGet(names: readonly string[] | undefined): readonly Path[] | undefined {
  if (names === undefined) return undefined
  if (names.includes('')) throw emptyName()
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalidParameter(`Duplicate value in attribute name: ${twice}`)
  return names.map(name => [name])
}
