import { nearestName } from '../../lib/index.ts'
import { placeOf, type Reader, referenceOf } from '../source/reader.ts'
import { describeKind, type SourceNode } from '../source/source-node.ts'

type Shape =
  | 'schema'
  | 'schemas'
  | 'map'
  | 'schema or schemas'
  | 'schema or boolean'
  | 'schema or names'
  | 'names'
type Value = 'number' | 'count' | 'boolean' | 'text' | 'pattern' | 'values' | 'type' | 'bound'

/** The keywords of JSON Schema draft 4 and what stands behind them. */
const keywords: Readonly<Record<string, Shape | Value>> = {
  type: 'type',
  properties: 'map',
  patternProperties: 'map',
  definitions: 'map',
  dependencies: 'map',
  items: 'schema or schemas',
  additionalItems: 'schema or boolean',
  additionalProperties: 'schema or boolean',
  not: 'schema',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  required: 'names',
  enum: 'values',
  multipleOf: 'number',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'bound',
  exclusiveMaximum: 'bound',
  minLength: 'count',
  maxLength: 'count',
  minItems: 'count',
  maxItems: 'count',
  minProperties: 'count',
  maxProperties: 'count',
  uniqueItems: 'boolean',
  pattern: 'pattern',
  format: 'text',
}
const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/**
 * Finds what keeps a model from being a JSON Schema draft 4, each at its own place. `newer` lets pass what later
 * drafts (and so OpenAPI 3.1) write differently. https://json-schema.org/draft-04/schema
 */
export function checkSchema(reader: Reader, node: SourceNode, name: string, newer: boolean): void {
  const problem = (at: SourceNode, message: string, hint: string): void =>
    reader.report.problem('bad-model', `The model ${name} is no JSON Schema: ${message}`, placeOf(at), hint)
  const each = (parent: SourceNode, items: readonly SourceNode[], keyword: string): void => {
    if (items.length === 0 && keyword !== 'items')
      problem(parent, `${keyword} is empty`, 'List at least one schema.')
    for (const item of items) visit(item)
  }
  const shapes: Readonly<Record<Shape, (value: SourceNode, keyword: string) => void>> = {
    schema: value => visit(value),
    schemas: (value, keyword) =>
      value.kind === 'list' ? each(value, value.items, keyword) : wrong(value, keyword, 'a list of schemas'),
    map: (value, keyword) => {
      if (value.kind !== 'map') return wrong(value, keyword, 'a mapping of schemas')
      for (const { key, value: member } of value.entries.values()) {
        if (keyword === 'patternProperties') pattern(member, key)
        if (keyword !== 'dependencies' || member.kind !== 'list') visit(member)
      }
    },
    'schema or schemas': (value, keyword) =>
      value.kind === 'list' ? each(value, value.items, keyword) : visit(value),
    'schema or boolean': value => {
      if (value.kind !== 'scalar' || typeof value.value !== 'boolean') visit(value)
    },
    'schema or names': value => visit(value),
    names: (value, keyword) => {
      const named = value.kind === 'list' && value.items.every(item => item.kind === 'scalar')
      if (!named) wrong(value, keyword, 'a list of property names')
    },
  }
  const wrong = (value: SourceNode, keyword: string, expected: string): void =>
    problem(value, `${keyword} must be ${expected}, not ${describeKind(value)}`, `Write ${expected} here.`)
  const pattern = (at: SourceNode, text: string): void => {
    try {
      new RegExp(text)
    } catch (cause) {
      problem(at, `${JSON.stringify(text)} is no regular expression`, (cause as Error).message)
    }
  }
  const value = (node: SourceNode, keyword: string, expected: Value): void => {
    const plain = node.kind === 'scalar' ? node.value : undefined
    if (expected === 'type') checkType(node)
    else if (expected === 'values') {
      if (node.kind !== 'list' || node.items.length === 0) wrong(node, keyword, 'a list of values')
    } else if (expected === 'pattern') {
      if (typeof plain === 'string') pattern(node, plain)
      else wrong(node, keyword, 'a regular expression')
    } else if (expected === 'text') {
      if (typeof plain !== 'string') wrong(node, keyword, 'a text')
    } else if (expected === 'boolean' || (expected === 'bound' && !newer)) {
      if (typeof plain !== 'boolean') wrong(node, keyword, 'true or false (in draft 4)')
    } else if (expected === 'bound') {
      if (typeof plain !== 'boolean' && typeof plain !== 'number') wrong(node, keyword, 'a number')
    } else if (
      typeof plain !== 'number' ||
      (expected === 'count' && !(Number.isInteger(plain) && plain >= 0))
    )
      wrong(node, keyword, expected === 'count' ? 'a whole number from 0' : 'a number')
  }
  const checkType = (node: SourceNode): void => {
    for (const item of node.kind === 'list' ? node.items : [node]) {
      const text = item.kind === 'scalar' ? item.value : undefined
      if (types.includes(text === null ? 'null' : String(text))) continue
      if (text === 'file') continue
      const near = typeof text === 'string' ? nearestName(text, types) : undefined
      problem(
        item,
        `there is no type ${JSON.stringify(text)}`,
        near === undefined ? `The types are ${types.join(', ')}.` : `Did you mean ${near}?`,
      )
    }
  }
  const visit = (node: SourceNode): void => {
    if (referenceOf(node) !== undefined) return
    if (node.kind !== 'map') {
      if (!(newer && node.kind === 'scalar' && typeof node.value === 'boolean'))
        problem(
          node,
          `a schema must be a mapping, not ${describeKind(node)}`,
          'For example { type: object }.',
        )
      return
    }
    for (const { key, value: member } of node.entries.values()) {
      const expected = keywords[key]
      if (expected === undefined) continue
      const shape = shapes[expected as Shape]
      if (shape !== undefined) shape(member, key)
      else value(member, key, expected as Value)
    }
  }
  visit(node)
}
