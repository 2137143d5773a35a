import { validationException } from './errors.ts'
import {
  type Condition,
  ExpressionError,
  type Path,
  Placeholders,
  parseCondition,
  parseProjection,
  parseUpdate,
  resolveCondition,
  resolveProjection,
  resolveUpdate,
  type UpdateAction,
} from './expressions/index.ts'
import type { AttributeValue } from './values/attribute-value.ts'
import { checkValue } from './values/check-value.ts'

/** The members of a request that are expressions, in the order in which DynamoDB looks at them. */
const expressionNames = [
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
] as const

type ExpressionName = (typeof expressionNames)[number]

/** What a request may say in expressions. */
export type ExpressionInput = { readonly [Name in ExpressionName]?: string | undefined } & {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>> | undefined
}

/** A request's expressions, checked, with their names and values filled in. */
export interface RequestExpressions {
  readonly update?: readonly UpdateAction[]
  readonly condition?: Condition
  readonly keyCondition?: Condition
  readonly filter?: Condition
  readonly projection?: readonly Path[]
}

type Found = { -readonly [Name in keyof RequestExpressions]: RequestExpressions[Name] }

/** Refuses expressions beside parameters of the old kind, and names or values without an expression. */
export function checkMixture(
  given: object,
  expressions: readonly ExpressionName[],
  legacy: readonly string[],
): void {
  const input = given as Readonly<Record<string, unknown>>
  const used = expressions.filter(name => input[name] !== undefined)
  if (used.length > 0) {
    const old = legacy.filter(name => input[name] !== undefined)
    if (old.length > 0) {
      throw validationException(
        'Can not use both expression and non-expression parameters in the same request: ' +
          `Non-expression parameters: {${old.join(', ')}} Expression parameters: {${used.join(', ')}}`,
      )
    }
  }
  if (input['ExpressionAttributeNames'] !== undefined && used.length === 0) {
    throw validationException('ExpressionAttributeNames can only be specified when using expressions')
  }
  const withValues = expressions.filter(name => name !== 'ProjectionExpression')
  if (withValues.length === 0 || input['ExpressionAttributeValues'] === undefined) return
  if (withValues.every(name => input[name] === undefined)) {
    throw validationException(
      'ExpressionAttributeValues can only be specified when using expressions: ' +
        `${withValues.join(' and ')} ${withValues.length > 1 ? 'are' : 'is'} null`,
    )
  }
}

const none: RequestExpressions = {}

/** Parses and checks all expressions of a request. */
export function requestExpressions(input: ExpressionInput): RequestExpressions {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input
  if (names === undefined && values === undefined && expressionNames.every(name => input[name] === undefined))
    return none
  checkPlaceholders(names, values)
  const placeholders = new Placeholders(names, values)
  const found: Found = {}
  for (const name of expressionNames) {
    const text = input[name]
    if (text !== undefined) explained(name, () => resolve(found, name, text, placeholders))
  }
  const unused = placeholders.unused()
  if (unused !== undefined) {
    throw validationException(
      `Value provided in ${unused.what} unused in expressions: keys: {${unused.keys.join(', ')}}`,
    )
  }
  return found
}

function resolve(found: Found, name: ExpressionName, text: string, placeholders: Placeholders): void {
  if (text === '') throw new ExpressionError('The expression can not be empty;')
  if (text.length > 4096) {
    throw new ExpressionError(
      `Expression size has exceeded the maximum allowed size; expression size: ${text.length}`,
    )
  }
  if (name === 'UpdateExpression') found.update = resolveUpdate(parseUpdate(text), placeholders)
  else if (name === 'ProjectionExpression')
    found.projection = resolveProjection(parseProjection(text), placeholders)
  else {
    const condition = resolveCondition(parseCondition(text), placeholders)
    if (name === 'ConditionExpression') found.condition = condition
    else if (name === 'FilterExpression') found.filter = condition
    else found.keyCondition = condition
  }
}

/** Says in front of an expression's problem which of the parameters it was. */
function explained(name: ExpressionName, run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw validationException(`Invalid ${name}: ${error.message}`)
  }
}

function checkPlaceholders(
  names: Readonly<Record<string, string>> | undefined,
  values: Readonly<Record<string, AttributeValue>> | undefined,
): void {
  if (names !== undefined) {
    checkKeys('ExpressionAttributeNames', names, /^#[0-9a-zA-Z_]+$/)
    const empty = Object.keys(names).find(key => names[key] === '')
    if (empty !== undefined)
      throw validationException(
        `ExpressionAttributeNames contains invalid value: Empty attribute name for key ${empty}`,
      )
  }
  if (values === undefined) return
  checkKeys('ExpressionAttributeValues', values, /^:[0-9a-zA-Z_]+$/)
  for (const [key, value] of Object.entries(values)) {
    const problem = checkValue(value)
    if (problem !== undefined) {
      throw validationException(`ExpressionAttributeValues contains invalid value: ${problem} for key ${key}`)
    }
  }
}

function checkKeys(what: string, entries: Readonly<Record<string, unknown>>, pattern: RegExp): void {
  const keys = Object.keys(entries)
  if (keys.length === 0) throw validationException(`${what} must not be empty`)
  const wrong = keys.find(key => !pattern.test(key))
  if (wrong !== undefined)
    throw validationException(`${what} contains invalid key: Syntax error; key: "${wrong}"`)
}
