import { describe, expect, test } from 'vitest'
import {
  applyUpdate,
  evaluateCondition,
  keyTests,
  Placeholders,
  parseCondition,
  parseProjection,
  parseUpdate,
  project,
  resolveCondition,
  resolveProjection,
  resolveUpdate,
} from '../../../../src/services/dynamodb/expressions/index.ts'
import type { AttributeValue, Item } from '../../../../src/services/dynamodb/values/attribute-value.ts'

type Values = Record<string, AttributeValue>

const item: Item = {
  pk: { S: 'a' },
  n: { N: '5' },
  things: { L: [{ S: 'x' }, { N: '1' }, { M: { deep: { BOOL: true } } }] },
  doc: { M: { core: { S: 'y' }, beside: { N: '2' } } },
  tags: { SS: ['red', 'green'] },
}

const holds = (text: string, values: Values = {}, names: Record<string, string> = {}): boolean =>
  evaluateCondition(resolveCondition(parseCondition(text), new Placeholders(names, values)), item)

const update = (text: string, values: Values = {}, names: Record<string, string> = {}): Item =>
  applyUpdate(resolveUpdate(parseUpdate(text), new Placeholders(names, values)), item)

const projected = (text: string): Item =>
  project(item, resolveProjection(parseProjection(text), new Placeholders()))

describe('conditions', () => {
  test.each<[string, Values, boolean]>([
    ['n = :v', { ':v': { N: '5.0' } }, true],
    ['n <> :v', { ':v': { N: '5' } }, false],
    ['absent <> :v', { ':v': { N: '5' } }, true],
    ['absent = :v', { ':v': { N: '5' } }, false],
    ['n > :v', { ':v': { S: '1' } }, false],
    ['n BETWEEN :a AND :b', { ':a': { N: '4' }, ':b': { N: '5' } }, true],
    ['n IN (:a, :b)', { ':a': { N: '4' }, ':b': { N: '5' } }, true],
    ['attribute_not_exists (absent)', {}, true],
    ['NOT attribute_exists(absent) AND n = :v', { ':v': { N: '5' } }, true],
    ['attribute_exists(absent) OR n = :v AND pk = :p', { ':v': { N: '5' }, ':p': { S: 'a' } }, true],
    ['(attribute_exists(absent) OR n = :v) AND pk = :p', { ':v': { N: '5' }, ':p': { S: 'b' } }, false],
    ['(n) = :v', { ':v': { N: '5' } }, true],
    ['size(things) = :v', { ':v': { N: '3' } }, true],
    ['contains(tags, :v)', { ':v': { S: 'red' } }, true],
    ['things[2].deep = :v', { ':v': { BOOL: true } }, true],
    ['begins_with(pk, :v)', { ':v': { S: 'a' } }, true],
    ['attribute_type(doc, :v)', { ':v': { S: 'M' } }, true],
    ['tags = :v', { ':v': { SS: ['green', 'red'] } }, true],
  ])('%s', (text, values, expected) => {
    expect(holds(text, values)).toBe(expected)
  })

  test.each<[string, Values, string]>([
    ['n = ', {}, 'Syntax error; token: "<EOF>", near: "= "'],
    ['a b c', {}, 'Syntax error; token: "b", near: "a b c"'],
    ['((n = :v))', { ':v': { N: '1' } }, 'The expression has redundant parentheses;'],
    ['nothing(n)', {}, 'Invalid function name; function: nothing'],
    [
      'attribute_exists(n) = :v',
      { ':v': { N: '1' } },
      'The function is not allowed to be used this way in an expression; function: attribute_exists',
    ],
    ['size(n)', {}, 'The function is not allowed to be used this way in an expression; function: size'],
    ['name = :v', { ':v': { N: '1' } }, 'Attribute name is a reserved keyword; reserved keyword: name'],
    ['n = :w', {}, 'An expression attribute value used in expression is not defined; attribute value: :w'],
    [
      '#x = n',
      {},
      'An expression attribute name used in the document path is not defined; attribute name: #x',
    ],
    [
      'contains(n)',
      {},
      'Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1',
    ],
    [
      'n = n',
      {},
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]',
    ],
    [
      'begins_with(n, :v)',
      { ':v': { N: '1' } },
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    [
      'n BETWEEN :a AND :b',
      { ':a': { N: '6' }, ':b': { N: '5' } },
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {N:5}',
    ],
  ])('%s is refused', (text, values, message) => {
    expect(() => holds(text, values)).toThrow(expect.objectContaining({ name: 'ExpressionError', message }))
  })

  test('deep nesting is an error, not a crash', () => {
    expect(() => holds(`${'NOT '.repeat(100_000)}n = :v`, { ':v': { N: '1' } })).toThrow(/Syntax error/)
    expect(() => holds(`${'('.repeat(5000)}n = :v${')'.repeat(5000)}`, { ':v': { N: '1' } })).toThrow(
      /Syntax error/,
    )
  })
})

describe('updates', () => {
  test('SET reads the item as it was, appends past the end, REMOVE keeps places', () => {
    expect(
      update(
        'SET n = n + :one, extra = n, things[9] = :s REMOVE things[0], doc.core ADD tags :t DELETE absent :t',
        {
          ':one': { N: '0.5' },
          ':s': { S: 'z' },
          ':t': { SS: ['blue'] },
        },
      ),
    ).toEqual({
      pk: { S: 'a' },
      n: { N: '5.5' },
      extra: { N: '5' },
      things: { L: [{ N: '1' }, { M: { deep: { BOOL: true } } }, { S: 'z' }] },
      doc: { M: { beside: { N: '2' } } },
      tags: { SS: ['red', 'green', 'blue'] },
    })
  })

  test('DELETE of the last members removes the attribute', () => {
    expect(update('DELETE tags :t', { ':t': { SS: ['red', 'green'] } })).not.toHaveProperty('tags')
  })

  test('numbers keep 38 digits', () => {
    const sum = update('ADD n :v', { ':v': { N: '99999999999999999999999999999999999990' } })
    expect(sum['n']).toEqual({ N: '99999999999999999999999999999999999995' })
  })

  test.each<[string, Values, string]>([
    ['INVALID SYNTAX HERE', {}, 'Syntax error; token: "INVALID", near: "INVALID SYNTAX"'],
    ['SET n = absent', {}, 'The provided expression refers to an attribute that does not exist in the item'],
    [
      'SET absent.deep = :v',
      { ':v': { N: '1' } },
      'The document path provided in the update expression is invalid for update',
    ],
    [
      'SET pk = pk + :v',
      { ':v': { N: '1' } },
      'An operand in the update expression has an incorrect data type',
    ],
    [
      'SET doc.core = :v REMOVE doc',
      { ':v': { N: '1' } },
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [doc, core], path two: [doc]',
    ],
    [
      'SET doc.core = :v REMOVE doc[1]',
      { ':v': { N: '1' } },
      'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [doc, core], path two: [doc, [1]]',
    ],
    [
      'SET a1 = :v SET b1 = :v',
      { ':v': { N: '1' } },
      'The "SET" section can only be used once in an update expression;',
    ],
    [
      'ADD n :v',
      { ':v': { S: 'x' } },
      'Incorrect operand type for operator or function; operator: ADD, operand type: STRING',
    ],
  ])('%s is refused', (text, values, message) => {
    expect(() => update(text, values)).toThrow(expect.objectContaining({ name: 'ExpressionError', message }))
  })

  test('an attribute may be called __proto__', () => {
    const changed = update('SET #p = :v', { ':v': { S: 'x' } }, { '#p': '__proto__' })
    expect(Object.entries(changed).find(([name]) => name === '__proto__')).toEqual(['__proto__', { S: 'x' }])
  })
})

test('projections keep order in lists and leave out what is absent', () => {
  expect(projected('doc.beside, things[2].deep, things[0], absent.x')).toEqual({
    doc: { M: { beside: { N: '2' } } },
    things: { L: [{ S: 'x' }, { M: { deep: { BOOL: true } } }] },
  })
})

test('key conditions are taken apart, whichever side the attribute stands on', () => {
  const values = { ':a': { S: 'a' }, ':b': { N: '3' } } as const
  const condition = resolveCondition(parseCondition('(:b <= sk) AND (pk = :a)'), new Placeholders({}, values))
  expect([...keyTests(condition)]).toEqual([
    ['sk', { operator: '>=', values: [{ N: '3' }] }],
    ['pk', { operator: '=', values: [{ S: 'a' }] }],
  ])
})
