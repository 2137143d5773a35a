import { validationException } from '../errors.ts'
import {
  type Condition,
  ExpressionError,
  type Path,
  refuseOverlap,
  type UpdateAction,
} from '../expressions/index.ts'
import type { Operand } from '../expressions/operand.ts'
import type { AttributeValue } from '../values/attribute-value.ts'
import { parseWhere } from './conditions.ts'
import { opensValue, parseValue } from './literals.ts'
import { StatementReader } from './reader.ts'
import type { Returning, SelectStatement, Statement } from './statement.ts'
import { malformed } from './tokens.ts'

/**
 * Parses one statement of DynamoDB's PartiQL and fills its parameters in.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html
 */
export function parseStatement(text: string, parameters: readonly AttributeValue[] = []): Statement {
  const reader = new StatementReader(text, parameters)
  const statement = anyStatement(reader)
  reader.finish()
  return statement
}

function anyStatement(reader: StatementReader): Statement {
  if (reader.acceptKeyword('SELECT')) return select(reader)
  if (reader.acceptKeyword('INSERT')) return insert(reader)
  if (reader.acceptKeyword('UPDATE')) return update(reader)
  if (reader.acceptKeyword('DELETE')) return remove(reader)
  if (!reader.acceptKeyword('EXISTS')) throw malformed('Expected data manipulation')
  reader.expectSymbol('(')
  reader.expectKeyword('SELECT')
  const inner = select(reader)
  reader.expectSymbol(')')
  if (inner.where === undefined) throw missingKey()
  return { kind: 'exists', tableName: inner.tableName, where: inner.where }
}

/** Writes and checks of transactions name exactly one item. */
export const missingKey = (): Error =>
  validationException('Where clause does not contain a mandatory equality on all key attributes')

function select(reader: StatementReader): SelectStatement {
  let paths: Path[] | undefined
  if (!reader.acceptSymbol('*')) {
    paths = [reader.path()]
    while (reader.acceptSymbol(',')) paths.push(reader.path())
  }
  reader.expectKeyword('FROM')
  const { tableName, indexName } = source(reader)
  const where = reader.acceptKeyword('WHERE') ? parseWhere(reader) : undefined
  let orderBy: SelectStatement['orderBy']
  if (reader.acceptKeyword('ORDER')) {
    reader.expectKeyword('BY')
    const name = reader.name()
    const isDescending = reader.acceptKeyword('DESC')
    if (!isDescending) reader.acceptKeyword('ASC')
    orderBy = { name, isDescending }
  }
  return { kind: 'select', tableName, indexName, paths, where, orderBy }
}

/** What a SELECT reads from (words recorded by nubo-db/dynamodb-conformance). */
function source(reader: StatementReader): Pick<SelectStatement, 'tableName' | 'indexName'> {
  const tableName = reader.name()
  const indexName = reader.acceptSymbol('.') ? reader.name() : undefined
  if (reader.isSymbol('.'))
    throw validationException('A path may contain at most 2 components in the FROM clause')
  if (tableName === '' || indexName === '')
    throw validationException('Path component cannot be an empty string')
  return { tableName, indexName }
}

function insert(reader: StatementReader): Statement {
  reader.expectKeyword('INTO')
  const tableName = reader.name()
  reader.expectKeyword('VALUE')
  const value = parseValue(reader)
  if (!('M' in value)) throw malformed('INSERT takes an item in braces')
  return { kind: 'insert', tableName, item: value.M }
}

function update(reader: StatementReader): Statement {
  const tableName = reader.name()
  const actions: UpdateAction[] = []
  for (;;) {
    if (reader.acceptKeyword('SET')) {
      do actions.push(assignment(reader))
      while (reader.acceptSymbol(','))
    } else if (reader.acceptKeyword('REMOVE')) {
      do actions.push({ kind: 'remove', path: reader.path() })
      while (reader.acceptSymbol(','))
    } else break
  }
  if (actions.length === 0) throw malformed('Expected data manipulation')
  checkOverlap(actions)
  return { kind: 'update', tableName, actions, where: requiredWhere(reader), returning: returning(reader) }
}

function checkOverlap(actions: readonly UpdateAction[]): void {
  try {
    refuseOverlap(actions.map(action => action.path))
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw validationException(error.message)
  }
}

function remove(reader: StatementReader): Statement {
  reader.expectKeyword('FROM')
  const tableName = reader.name()
  const [where, what] = [requiredWhere(reader), returning(reader)]
  if (what !== undefined && what !== 'ALL_OLD') {
    throw validationException(
      `Invalid returning clause: RETURNING ${what.replace('UPDATED', 'MODIFIED').replace('_', ' ')} *. Only RETURNING ALL OLD * is allowed in DELETE statements.`,
    )
  }
  return { kind: 'delete', tableName, where, returning: what }
}

function requiredWhere(reader: StatementReader): Condition {
  if (!reader.acceptKeyword('WHERE')) throw missingKey()
  return parseWhere(reader)
}

function returning(reader: StatementReader): Returning | undefined {
  if (!reader.acceptKeyword('RETURNING')) return undefined
  const what = reader.acceptKeyword('MODIFIED') ? 'UPDATED' : 'ALL'
  if (what === 'ALL') reader.expectKeyword('ALL')
  const when = reader.acceptKeyword('OLD') ? 'OLD' : 'NEW'
  if (when === 'NEW') reader.expectKeyword('NEW')
  reader.expectSymbol('*')
  return `${what}_${when}`
}

/** `path = value`, `path = other + 1`, `path = list_append(path, [1])`, `path = set_add(path, <<1>>)`. */
function assignment(reader: StatementReader): UpdateAction {
  const path = reader.path()
  reader.expectSymbol('=')
  for (const [word, kind] of [
    ['SET_ADD', 'add'],
    ['SET_DELETE', 'delete'],
  ] as const) {
    if (!reader.isKeyword(word) || !reader.isSymbol('(', 1)) continue
    reader.position += 2
    const from = reader.path()
    if (from.join('\0') !== path.join('\0'))
      throw malformed(`${word} changes the attribute that it is set to`)
    reader.expectSymbol(',')
    const value = parseValue(reader)
    reader.expectSymbol(')')
    return { kind, path, value }
  }
  const first = term(reader)
  if (!reader.isSymbol('+') && !reader.isSymbol('-')) return { kind: 'set', path, operand: first }
  const operator = reader.take().text === '+' ? '+' : '-'
  return { kind: 'set', path, operand: { kind: 'arithmetic', operator, operands: [first, term(reader)] } }
}

function term(reader: StatementReader): Operand {
  if (opensValue(reader)) return { kind: 'value', name: '', value: parseValue(reader) }
  for (const name of ['list_append', 'if_not_exists']) {
    if (!reader.isKeyword(name.toUpperCase()) || !reader.isSymbol('(', 1)) continue
    reader.position += 2
    const first = reader.nested(() => term(reader))
    reader.expectSymbol(',')
    const second = reader.nested(() => term(reader))
    reader.expectSymbol(')')
    return { kind: 'function', name, operands: [first, second] }
  }
  return { kind: 'path', path: reader.path() }
}
