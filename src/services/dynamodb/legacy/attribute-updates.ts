import { emptyName } from '../check-keys.ts'
import { invalidParameter, validationException } from '../errors.ts'
import type { UpdateAction } from '../expressions/index.ts'
import { type AttributeValue, typeOf } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'

/** `AttributeUpdates`: an action and its value by attribute. */
export type AttributeUpdates = Readonly<
  Record<string, { readonly Action?: string | undefined; readonly Value?: AttributeValue | undefined }>
>

const addable: readonly string[] = ['N', 'SS', 'NS', 'BS', 'L']
const deletable: readonly string[] = ['SS', 'NS', 'BS']

/**
 * Checks `AttributeUpdates` in DynamoDB's order and words and gives the actions that they stand for.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.AttributeUpdates.html
 */
export function updateActions(updates: AttributeUpdates): readonly UpdateAction[] {
  return Object.entries(updates).map(([name, { Action: action = 'PUT', Value: value }]) => {
    if (name === '') throw emptyName()
    const path = [name]
    if (value === undefined) {
      if (action !== 'DELETE')
        throw invalidParameter('Only DELETE action is allowed when no attribute value is specified')
      return { kind: 'remove', path }
    }
    const problem = checkValue(value)
    if (problem !== undefined) throw validationException(problem)
    const type = typeOf(value)
    if (action === 'DELETE') {
      if (!deletable.includes(type)) {
        throw invalidParameter(`DELETE action with value is not supported for the type ${type}`)
      }
      return { kind: 'delete', path, value }
    }
    if (action !== 'ADD') return { kind: 'set', path, operand: { kind: 'value', name: '', value } }
    if (!addable.includes(type)) throw invalidParameter(`ADD action is not supported for the type ${type}`)
    return type === 'L' ? appended(path, value) : { kind: 'add', path, value }
  })
}

/** ADD of a list appends to the list that is there. */
function appended(path: readonly string[], value: AttributeValue): UpdateAction {
  const current = {
    kind: 'function',
    name: 'if_not_exists',
    operands: [
      { kind: 'path', path },
      { kind: 'value', name: '', value: { L: [] } },
    ],
  } as const
  const operands = [current, { kind: 'value', name: '', value }] as const
  return { kind: 'set', path, operand: { kind: 'function', name: 'list_append', operands } }
}
