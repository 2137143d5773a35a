import { checkKeyPaths, emptyKind, isTooLong } from './check-keys.ts'
import { invalidParameter, validationException } from './errors.ts'
import { applyUpdate, ExpressionError, type Path, type UpdateAction } from './expressions/index.ts'
import { type KeyAttribute, keyAttributes, type SecondaryIndex, type Table } from './table.ts'
import { updateTooLarge } from './update-size.ts'
import { type AttributeValue, type Item, typeOf } from './values/attribute-value.ts'
import { checkValue } from './values/check-value.ts'
import { itemSize, maximumItemSize } from './values/item-size.ts'

/** Checks what can be known of an update before the item is read: keys stay, index keys keep their type. */
export function checkActions(table: Table, actions: readonly UpdateAction[]): void {
  for (const { name } of keyAttributes(table.key)) {
    if (actions.some(action => action.path[0] === name)) {
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`)
    }
  }
  for (const index of table.indexes) {
    for (const { name, type } of keyAttributes(index.key)) {
      const action = actions.find(one => one.path.length === 1 && one.path[0] === name)
      const actual = action === undefined ? undefined : certainType(action)
      if (actual !== undefined && actual !== type) {
        throw invalidParameter(
          `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${actual} IndexName: ${index.name}`,
        )
      }
    }
  }
  checkKeyPaths(
    table,
    actions.flatMap(action =>
      action.kind === 'set' ? [action.path, ...pathsIn(action.operand)] : [action.path],
    ),
  )
}

type Operand = Extract<UpdateAction, { readonly kind: 'set' }>['operand']

/** The type that an action gives its attribute, whatever the item holds. */
function certainType(action: UpdateAction): string | undefined {
  if (action.kind === 'remove') return undefined
  if (action.kind !== 'set') return typeOf(action.value)
  const { operand } = action
  if (operand.kind === 'arithmetic') return 'N'
  if (operand.kind === 'function') return operand.name === 'list_append' ? 'L' : undefined
  return operand.kind === 'value' && operand.value !== undefined ? typeOf(operand.value) : undefined
}

function pathsIn(operand: Operand): readonly Path[] {
  if (operand.kind === 'path') return [operand.path]
  return 'operands' in operand ? operand.operands.flatMap(pathsIn) : []
}

/**
 * The item as the update leaves it; one that does not exist begins as its key, or stays away where the update only
 * removes (documented for `DELETE` of `AttributeUpdates`; of REMOVE and DELETE in ScyllaDB's suite, run on AWS).
 */
export function updatedItem(
  table: Table,
  key: Item,
  before: Item | undefined,
  actions: readonly UpdateAction[],
  isLegacy: boolean,
  measured: (size: number) => void = () => {},
): Item | undefined {
  if (before === undefined && actions.length > 0 && actions.every(isRemoval)) return undefined
  const after = applied(actions, before ?? key, isLegacy)
  for (const index of table.indexes) {
    for (const attribute of keyAttributes(index.key)) {
      const value = Object.hasOwn(after, attribute.name) ? after[attribute.name] : undefined
      // What the update leaves alone may be older than the index and not fit it.
      if (value !== undefined && value !== before?.[attribute.name]) checkIndexValue(index, attribute, value)
    }
  }
  checkDepth(after, actions)
  const size = itemSize(after)
  if (size > maximumItemSize) throw updateTooLarge()
  measured(size)
  return after
}

const isRemoval = ({ kind }: UpdateAction): boolean => kind === 'remove' || kind === 'delete'

function checkIndexValue(index: SecondaryIndex, attribute: KeyAttribute, value: AttributeValue): void {
  if (!(attribute.type in value)) {
    throw validationException(
      'The update expression attempted to update the secondary index key to unsupported type',
    )
  }
  if (emptyKind(value) !== undefined) {
    throw validationException(
      'One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ' +
        `The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value.`,
    )
  }
  if (!isTooLong(index.key, attribute, value)) return
  // Words as the API reference lists them among a transaction's reasons.
  throw validationException(
    'The update expression attempted to update the secondary index key beyond allowed size limits',
  )
}

/** What is put into a document may itself be as deep as is allowed. */
function checkDepth(item: Item, actions: readonly UpdateAction[]): void {
  for (const { path } of actions) {
    const [name] = path
    if (path.length === 1 || typeof name !== 'string') continue
    const value = Object.hasOwn(item, name) ? item[name] : undefined
    const problem = value === undefined ? undefined : checkValue(value)
    if (problem !== undefined) throw validationException(problem)
  }
}

function applied(actions: readonly UpdateAction[], item: Item, isLegacy: boolean): Item {
  try {
    return applyUpdate(actions, item)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const isType = error.message.endsWith('has an incorrect data type')
    throw validationException(isLegacy && isType ? 'Type mismatch for attribute to update' : error.message)
  }
}
