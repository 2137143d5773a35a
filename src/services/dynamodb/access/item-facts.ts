import type { Condition, Path, UpdateAction } from '../expressions/index.ts'
import { keyTests } from '../expressions/index.ts'
import type { ExpressionInput } from '../request-expressions.ts'
import { requestExpressions } from '../request-expressions.ts'
import { wholeItem } from '../sent/readers.ts'
import type { AttributeValue, Item } from '../values/attribute-value.ts'

/** The members of an item request that say which items and attributes it touches. */
export interface ItemInput extends ExpressionInput {
  readonly Key?: Item | undefined
  readonly Item?: Item | undefined
  readonly Keys?: readonly Item[] | undefined
  readonly AttributesToGet?: readonly string[] | undefined
  readonly AttributeUpdates?: Readonly<Record<string, unknown>> | undefined
  readonly Expected?: Readonly<Record<string, unknown>> | undefined
  readonly QueryFilter?: Readonly<Record<string, unknown>> | undefined
  readonly ScanFilter?: Readonly<Record<string, unknown>> | undefined
  readonly KeyConditions?:
    | Readonly<Record<string, { readonly AttributeValueList?: readonly AttributeValue[] | undefined }>>
    | undefined
}

/** What conditions of policies may ask about one item request. */
export interface ItemFacts {
  /** Partition keys, as text. */
  readonly leadingKeys: readonly string[]
  /** Top-level attribute names. */
  readonly attributes: readonly string[]
}

/** Finds partition keys and attributes; a request whose expressions are wrong is refused as the operation would. */
export function itemFacts(input: ItemInput, partitionKey: string | undefined): ItemFacts {
  const { update, condition, keyCondition, filter, projection } = requestExpressions(input)
  const names = new Set<string>()
  const items = [input.Key, input.Item, ...(input.Keys ?? [])].flatMap(item =>
    item === undefined ? [] : [wholeItem(item)],
  )
  for (const item of items) for (const name of Object.keys(item)) names.add(name)
  for (const path of projection ?? []) addPath(names, path)
  for (const name of input.AttributesToGet ?? []) names.add(name)
  for (const action of update ?? []) addUpdate(names, action)
  for (const each of [condition, keyCondition, filter]) if (each !== undefined) addCondition(names, each)
  const { AttributeUpdates, Expected, QueryFilter, ScanFilter, KeyConditions } = input
  for (const block of [AttributeUpdates, Expected, QueryFilter, ScanFilter, KeyConditions])
    for (const name of Object.keys(block ?? {})) names.add(name)

  const keys: (AttributeValue | undefined)[] = []
  if (partitionKey !== undefined) {
    keys.push(...items.map(item => (Object.hasOwn(item, partitionKey) ? item[partitionKey] : undefined)))
    keys.push(KeyConditions?.[partitionKey]?.AttributeValueList?.[0])
    if (keyCondition !== undefined) keys.push(keyTests(keyCondition).get(partitionKey)?.values[0])
  }
  return {
    leadingKeys: [...new Set(keys.flatMap(key => (key === undefined ? [] : [text(key)])))],
    attributes: [...names],
  }
}

function text(value: AttributeValue): string {
  return String('S' in value ? value.S : 'N' in value ? value.N : 'B' in value ? value.B : '')
}

function addPath(names: Set<string>, [first]: Path): void {
  if (typeof first === 'string') names.add(first)
}

function addUpdate(names: Set<string>, action: UpdateAction): void {
  addPath(names, action.path)
  if (action.kind === 'set') addOperand(names, action.operand)
}

type Operand = Extract<UpdateAction, { readonly kind: 'set' }>['operand']

function addOperand(names: Set<string>, operand: Operand): void {
  if (operand.kind === 'path') addPath(names, operand.path)
  else if ('operands' in operand) for (const inner of operand.operands) addOperand(names, inner)
}

function addCondition(names: Set<string>, condition: Condition): void {
  if (condition.kind === 'not') addCondition(names, condition.operand)
  else if (condition.kind === 'and' || condition.kind === 'or') {
    for (const inner of condition.operands) addCondition(names, inner)
  } else for (const operand of condition.operands) addOperand(names, operand)
}
