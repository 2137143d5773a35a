import { expect, test } from 'vitest'
import { createAwsEngine, TemplateError } from '../../../src/vtl/index.ts'

const engine = createAwsEngine()

function render(template: string): string {
  return engine.compile(template).render({
    input: {
      body: '{"a":{"b":[1,"x",{"c":null}]},"__proto__":{"polluted":true},"constructor":"mine"}',
      params: { path: { id: '1' }, querystring: { q: 'x' }, header: { Accept: '*/*' } },
    },
    context: engine.createContext({ stage: 'dev', identity: { sourceIp: '::1' }, list: [1, 'a'] }),
    stageVariables: { env: 'dev' },
    vars: {
      text: 'Hello',
      number: 7,
      decimal: 1.5,
      truth: true,
      list: ['a', 'b'],
      map: { k: 'v' },
      nothing: null,
    },
  })
}

const receivers = [
  '$text',
  '$number',
  '$decimal',
  '$truth',
  '$list',
  '$map',
  '$nothing',
  '$missing',
  '$input',
  '$util',
  '$context',
  '$context.identity',
  '$context.list',
  '$stageVariables',
  '$input.params()',
  '$input.params().header',
  "$input.path('$')",
  "$input.path('$.a.b')",
  '$map.entrySet()',
  '$map.keySet()',
  '$list.iterator()',
  "$text.split('l')",
  '$text.class',
  '$map.entrySet().iterator().next()',
]

const names = [
  'constructor',
  'prototype',
  '__proto__',
  '__defineGetter__',
  '__lookupGetter__',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'valueOf',
  'toJSON',
  'then',
  'call',
  'apply',
  'bind',
  'arguments',
  'caller',
  'length',
  'push',
  'join',
  'map',
  'forEach',
  'slice',
  'values',
  'table',
  'items',
  'print',
  'className',
  'javaClass',
  'process',
  'globalThis',
  'require',
  'className.constructor',
  'constructor.constructor',
]

/** What could only come from JavaScript. */
const leaked = /function|=>|native code|\[object|undefined|Symbol|Promise|Proxy|class \w+ \{/

test('nothing of JavaScript is reachable by property, method or index', () => {
  const found: string[] = []
  for (const receiver of receivers)
    for (const name of names)
      for (const template of [
        `${receiver}.${name}`,
        `${receiver}.${name}()`,
        `${receiver}.${name}('x')`,
        `${receiver}['${name}']`,
        `${receiver}.get('${name}')`,
        `#set(${receiver}.${name} = 'x')${receiver}`,
        `#set($y = ${receiver}.${name})$y.constructor$y.name`,
      ]) {
        let output: string
        try {
          output = render(template)
        } catch (error) {
          if (!(error instanceof TemplateError)) throw error
          output = error.message
        }
        if (leaked.test(output)) found.push(`${template} → ${output}`)
      }
  expect(found).toEqual([])
})

test('variables of the prototype chain do not exist', () => {
  for (const name of names) expect(render(`[$!{${name}}]`.replace('className.', ''))).not.toMatch(leaked)
  expect(render('$constructor$toString$__proto__$hasOwnProperty')).toBe('')
})

test('a body cannot change what objects are', () => {
  expect(render("$input.path('$').polluted$input.path('$').get('__proto__').polluted")).toBe('true')
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  expect(render("$input.path('$').constructor $input.json('$.a')")).toBe('mine {"b":[1,"x",{"c":null}]}')
})

test('override maps take any name without becoming anything else', () => {
  const context = engine.createContext({})
  engine
    .compile(
      '#set($context.requestOverride.header["__proto__"] = "p")#set($context.requestOverride.header.constructor = "c")#set($context.responseOverride.status = 418)',
    )
    .render({
      input: { body: '', params: { path: {}, querystring: {}, header: {} } },
      context,
      stageVariables: {},
    })
  const { request, response } = context.overrides()
  expect(Object.entries(request.header)).toEqual([
    ['__proto__', 'p'],
    ['constructor', 'c'],
  ])
  expect(response).toEqual({ header: {}, status: 418 })
})
