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
  if (reader.acceptWord('SELECT')) return select(reader)
  if (reader.acceptWord('INSERT')) return insert(reader)
  if (reader.acceptWord('UPDATE')) return update(reader)
  if (reader.acceptWord('DELETE')) return remove(reader)
  if (!reader.acceptWord('EXISTS')) throw reader.unexpected()
  reader.expect('(')
  reader.expectWord('SELECT')
  const inner = select(reader)
  reader.expect(')')
  if (inner.where === undefined) throw missingKey()
  return { kind: 'exists', tableName: inner.tableName, where: inner.where }
}

/** Writes and checks of transactions name exactly one item. */
export const missingKey = (): Error =>
  validationException('Where clause does not contain a mandatory equality on all key attributes')

function select(reader: StatementReader): SelectStatement {
  let paths: Path[] | undefined
  if (!reader.accept('*')) {
    paths = [reader.path()]
    while (reader.accept(',')) paths.push(reader.path())
  }
  reader.expectWord('FROM')
  const tableName = reader.name()
  const indexName = reader.accept('.') ? reader.name() : undefined
  const where = reader.acceptWord('WHERE') ? parseWhere(reader) : undefined
  let orderBy: SelectStatement['orderBy']
  if (reader.acceptWord('ORDER')) {
    reader.expectWord('BY')
    const name = reader.name()
    const isDescending = reader.acceptWord('DESC')
    if (!isDescending) reader.acceptWord('ASC')
    orderBy = { name, isDescending }
  }
  return { kind: 'select', tableName, indexName, paths, where, orderBy }
}

function insert(reader: StatementReader): Statement {
  reader.expectWord('INTO')
  const tableName = reader.name()
  reader.expectWord('VALUE')
  const value = parseValue(reader)
  if (!('M' in value)) throw malformed('INSERT takes an item in braces')
  return { kind: 'insert', tableName, item: value.M }
}

function update(reader: StatementReader): Statement {
  const tableName = reader.name()
  const actions: UpdateAction[] = []
  for (;;) {
    if (reader.acceptWord('SET')) {
      do actions.push(assignment(reader))
      while (reader.accept(','))
    } else if (reader.acceptWord('REMOVE')) {
      do actions.push({ kind: 'remove', path: reader.path() })
      while (reader.accept(','))
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
  reader.expectWord('FROM')
  const tableName = reader.name()
  return { kind: 'delete', tableName, where: requiredWhere(reader), returning: returning(reader) }
}

function requiredWhere(reader: StatementReader): Condition {
  if (!reader.acceptWord('WHERE')) throw missingKey()
  return parseWhere(reader)
}

function returning(reader: StatementReader): Returning | undefined {
  if (!reader.acceptWord('RETURNING')) return undefined
  const what = reader.acceptWord('MODIFIED') ? 'UPDATED' : 'ALL'
  if (what === 'ALL') reader.expectWord('ALL')
  const when = reader.acceptWord('OLD') ? 'OLD' : 'NEW'
  if (when === 'NEW') reader.expectWord('NEW')
  reader.expect('*')
  return `${what}_${when}`
}

/** `path = value`, `path = other + 1`, `path = list_append(path, [1])`, `path = set_add(path, <<1>>)`. */
function assignment(reader: StatementReader): UpdateAction {
  const path = reader.path()
  reader.expect('=')
  for (const [word, kind] of [
    ['SET_ADD', 'add'],
    ['SET_DELETE', 'delete'],
  ] as const) {
    if (!reader.isWord(word) || !reader.isSymbol('(', 1)) continue
    reader.position += 2
    const from = reader.path()
    if (from.join('\0') !== path.join('\0'))
      throw malformed(`${word} changes the attribute that it is set to`)
    reader.expect(',')
    const value = parseValue(reader)
    reader.expect(')')
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
    if (!reader.isWord(name.toUpperCase()) || !reader.isSymbol('(', 1)) continue
    reader.position += 2
    const first = reader.nested(() => term(reader))
    reader.expect(',')
    const second = reader.nested(() => term(reader))
    reader.expect(')')
    return { kind: 'function', name, operands: [first, second] }
  }
  return { kind: 'path', path: reader.path() }
}
