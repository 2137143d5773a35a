import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import type { FunctionDefinition } from '../../../src/ports/index.ts'
import { answerOf, createHarness } from './harness.ts'

// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-naming

type Case = readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  changes: Partial<FunctionDefinition>,
  answer: unknown,
]

const found: readonly Case[] = [
  ['CommonJS .js', { 'index.js': `exports.handler = async () => 'js'` }, {}, 'js'],
  [
    'ES module by package.json',
    { 'index.js': `export const handler = async () => 'esm'`, 'package.json': '{"type":"module"}' },
    {},
    'esm',
  ],
  ['ES module by its syntax', { 'index.js': `export const handler = async () => 'syntax'` }, {}, 'syntax'],
  [
    'CommonJS in a repository of ES modules, whose package.json is not deployed',
    {
      '../package.json': '{"type":"module"}',
      'index.js': `const { word } = require('./lib/word.js'); exports.handler = async () => word`,
      'lib/word.js': `exports.word = 'required'`,
    },
    {},
    'required',
  ],
  [
    '.mjs with top-level await',
    { 'index.mjs': `const x = await 'tla'; export const handler = async () => x` },
    {},
    'tla',
  ],
  ['.cjs', { 'index.cjs': `exports.handler = async () => 'cjs'` }, {}, 'cjs'],
  [
    'a folder and another export',
    { 'src/api/users.js': `exports.list = async () => 'list'` },
    { handler: 'src/api/users.list' },
    'list',
  ],
  [
    'a nested export',
    { 'index.mjs': `export const api = { users: { list: async () => 'nested' } }` },
    { handler: 'index.api.users.list' },
    'nested',
  ],
  [
    'a handler out of node_modules',
    { 'node_modules/shared/index.js': `exports.handler = async () => 'package'` },
    { handler: 'shared.handler' },
    'package',
  ],
  [
    'JSON beside it',
    { 'index.js': `exports.handler = async () => require('./data.json').x`, 'data.json': '{"x":1}' },
    {},
    1,
  ],
]

test.each(found)('%s', async (_what, files, changes, answer) => {
  const harness = createHarness()
  harness.deploy(harness.define(files, changes))
  const result = await harness.invoke({})
  expect([answerOf(result), result.functionError]).toEqual([answer, undefined])
})

const missing: readonly Case[] = [
  [
    'no file',
    {},
    { handler: 'nope.handler' },
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringMatching(/^Error: Cannot find module 'nope'\nRequire stack:\n- /),
    },
  ],
  [
    'no module that it requires',
    { 'index.js': `require('left-out'); exports.handler = () => {}` },
    {},
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringMatching(
        /^Error: Cannot find module 'left-out'\nRequire stack:\n- .*index\.js/,
      ),
    },
  ],
  [
    'no package that it imports',
    { 'index.mjs': `import 'left-out'; export const handler = () => {}` },
    {},
    {
      errorType: 'Error',
      errorMessage: expect.stringMatching(/^Cannot find package 'left-out' imported from .*index\.mjs$/),
    },
  ],
  [
    'no such export',
    { 'index.js': `exports.other = 1` },
    {},
    { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
  ],
  [
    'an export that is no function',
    { 'index.js': `exports.handler = 1` },
    {},
    { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function' },
  ],
  [
    'a name without a dot',
    {},
    { handler: 'index' },
    { errorType: 'Runtime.MalformedHandlerName', errorMessage: 'Bad handler' },
  ],
  [
    'a name with two dots',
    {},
    { handler: '../index.handler' },
    {
      errorType: 'Runtime.MalformedHandlerName',
      errorMessage:
        "'../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
    },
  ],
  [
    'an error while loading',
    { 'index.js': `throw new TypeError('at load')` },
    {},
    { errorType: 'TypeError', errorMessage: 'at load' },
  ],
]

test.each(missing)('error: %s', async (_what, files, changes, error) => {
  const harness = createHarness()
  harness.deploy(harness.define(files, changes))
  const result = await harness.invoke({})
  expect(result.functionError).toBe('Unhandled')
  expect({ ...(answerOf(result) as object), trace: undefined }).toEqual(error)
  expect(result.log).toContain('\tundefined\tERROR\tUncaught Exception \t{"errorType":')
  expect(result.log).toMatch(
    /^START .*\n[\s\S]*\nINIT_REPORT Init Duration: .* ms\tPhase: init\tStatus: error\tError Type: /,
  )
})

test.each([
  ['CommonJS', 'index.js', 'exports.handler = async () => {\n  const = 3\n}'],
  ['ES module', 'index.mjs', 'export const handler = async () => {\n  const = 3\n}'],
])('a syntax error says where: %s', async (_what, file, text) => {
  const harness = createHarness()
  const definition = harness.define({ [file]: text })
  harness.deploy(definition)
  const answer = answerOf(await harness.invoke({})) as {
    errorType: string
    errorMessage: string
    trace: string[]
  }
  expect([answer.errorType, answer.errorMessage]).toEqual([
    'Runtime.UserCodeSyntaxError',
    "SyntaxError: Unexpected token '='",
  ])
  expect(answer.trace[0]).toBe("Runtime.UserCodeSyntaxError: SyntaxError: Unexpected token '='")
  expect(answer.trace[1]).toContain(`${join(definition.codeDirectory, file)}:2`)
})

test('process.exit while loading', async () => {
  const harness = createHarness()
  harness.deploy(harness.define({ 'index.js': 'process.exit(3)' }))
  const result = await harness.invoke({})
  expect(answerOf(result)).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${result.requestId} Error: Runtime exited with error: exit status 3`,
  })
})

test('a bundled entry shows the lines of its sources', async () => {
  const harness = createHarness()
  const definition = harness.define({
    'index.ts': `interface Event {\n  name: string\n}\n\nexport const handler = async (event: Event): Promise<void> => {\n  throw new Error(event.name)\n}\n`,
  })
  const entry = join(harness.directory, 'bundle.mjs')
  await build({
    entryPoints: [join(definition.codeDirectory, 'index.ts')],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    sourcemap: 'inline',
  })
  harness.deploy({ ...definition, entry })
  const { trace } = answerOf(await harness.invoke({ name: 'Ada' })) as { trace: string[] }
  expect([trace[0], trace[1]]).toEqual(['Error: Ada', expect.stringMatching(/index\.ts:6:9\)?$/)])
})

test('code is loaded once, and what it prints goes to the log stream before START', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `console.log('loaded'); exports.handler = async () => { console.log('called') }`,
    }),
  )
  await harness.invoke({})
  await harness.invoke({})
  const messages = harness.logs.flatMap(log => log.records.map(record => record.message.split('\t').at(-1)))
  expect(messages.filter(message => message === 'loaded\n' || message === 'called\n')).toEqual([
    'loaded\n',
    'called\n',
    'called\n',
  ])
  expect(harness.logs[0]?.requestId).toBeUndefined()
  expect(harness.logs[0]?.records[0]?.message).toMatch(
    /^INIT_START Runtime Version: nodejs:20\.x\S*\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:/,
  )
})
