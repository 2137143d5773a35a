import { expect, test } from 'vitest'
import { answerOf, createHarness } from './harness.ts'

// AWS's rules as its runtime interface client shows them:
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/CallbackContext.js

/** [what, body of the handler with (event, context, callback), the answer] */
const answers: readonly (readonly [string, string, unknown])[] = [
  ['a value', 'async () => ({ a: 1 })', { a: 1 }],
  ['undefined is null', 'async () => {}', null],
  ['a promise of a function that is not async', '() => Promise.resolve(5)', 5],
  ['a thenable', '() => ({ then: done => done(7) })', 7],
  ['callback', '(event, context, callback) => callback(null, event)', { name: 'Ada' }],
  ['callback after a while', '(e, c, callback) => { setTimeout(() => callback(null, 1), 5) }', 1],
  [
    'the first callback wins',
    `(e, c, callback) => { callback(null, 'first'); callback(null, 'second') }`,
    'first',
  ],
  [
    'a callback beats a later error',
    `(e, c, callback) => { callback(null, 'first'); callback(new Error('no')) }`,
    'first',
  ],
  [
    'success waits for the empty event loop',
    `(e, c, callback) => { const seen = []; setTimeout(() => seen.push('timer'), 30); callback(null, seen) }`,
    ['timer'],
  ],
  [
    'unless told not to',
    `(e, c, callback) => { c.callbackWaitsForEmptyEventLoop = false; const seen = []; setInterval(() => seen.push('timer'), 1); callback(null, seen) }`,
    [],
  ],
  ['a drained loop without a call is null', '() => { setTimeout(() => {}, 5) }', null],
  ['a value that is returned without a promise counts for nothing', '() => 42', null],
  ['context.succeed', `(e, c) => { setInterval(() => {}, 1000); c.succeed('done') }`, 'done'],
  ['context.done', `(e, c) => c.done(null, 'done')`, 'done'],
  [
    'callback in an async handler',
    `async (e, c, callback) => { callback(null, 'callback'); return 'value' }`,
    'callback',
  ],
]

test.each(answers)('%s', async (_what, handler, answer) => {
  const harness = createHarness()
  harness.deploy(harness.define({ 'index.js': `exports.handler = ${handler}` }))
  const result = await harness.invoke({ name: 'Ada' })
  expect([answerOf(result), result.functionError]).toEqual([answer, undefined])
  // The environment is good for another one.
  expect(answerOf(await harness.invoke({ name: 'Ada' }))).toEqual(answer)
})

const errors: readonly (readonly [string, string, unknown])[] = [
  [
    'a thrown error',
    `async () => { throw new RangeError('too much') }`,
    { errorType: 'RangeError', errorMessage: 'too much' },
  ],
  [
    'thrown at once by a plain function',
    `() => { throw new Error('no') }`,
    { errorType: 'Error', errorMessage: 'no' },
  ],
  [
    'an error with a name of its own',
    `async () => { const e = new Error('x'); e.name = 'Custom'; throw e }`,
    { errorType: 'Custom', errorMessage: 'x' },
  ],
  [
    'a string',
    `(e, c, callback) => callback('Error 404')`,
    { errorType: 'string', errorMessage: 'Error 404' },
  ],
  [
    'an object',
    `async () => { throw { code: 1 } }`,
    { errorType: 'object', errorMessage: '[object Object]' },
  ],
  [
    'an error does not wait for the loop',
    `(e, c, cb) => { setInterval(() => {}, 1000); cb(new Error('now')) }`,
    { errorType: 'Error', errorMessage: 'now' },
  ],
  ['context.fail', `(e, c) => c.fail(new TypeError('bad'))`, { errorType: 'TypeError', errorMessage: 'bad' }],
  ['context.fail without an error', '(e, c) => c.fail()', { errorType: 'string', errorMessage: 'handled' }],
  [
    'a result that is no JSON',
    'async () => 1n',
    { errorType: 'Error', errorMessage: 'Unable to stringify response body' },
  ],
  [
    'an async handler whose promise is never settled',
    'async () => new Promise(() => {})',
    {
      errorType: 'Runtime.NodeJsExit',
      errorMessage: expect.stringContaining(
        'most commonly caused by a Promise that was never settled',
      ) as string,
    },
  ],
]

test.each(errors)('error: %s', async (_what, handler, error) => {
  const harness = createHarness()
  harness.deploy(harness.define({ 'index.js': `exports.handler = ${handler}` }))
  const result = await harness.invoke({})
  expect(result.functionError).toBe('Unhandled')
  expect({ ...(answerOf(result) as object), trace: undefined }).toEqual(error)
  expect(result.log).toContain('\tERROR\tInvoke Error \t{"')
})

test('the trace is the stack in lines, naming the handler as on AWS', async () => {
  const harness = createHarness()
  const definition = harness.define({
    'index.mjs': `export const handler = async () => {\n  throw new Error('boom')\n}`,
  })
  harness.deploy(definition)
  const { trace } = answerOf(await harness.invoke({})) as { trace: string[] }
  expect(trace.slice(0, 4)).toEqual([
    'Error: boom',
    `    at Runtime.handler (file://${definition.codeDirectory}/index.mjs:2:9)`,
    expect.stringMatching(/^ {4}at invokeBuffered \(file:.*node-invoke\.mjs:\d+:\d+\)$/),
    expect.stringMatching(/^ {4}at file:.*node-bootstrap\.mjs:\d+:\d+$/),
  ])
})

test('an unhandled rejection ends the environment', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `let n = 0; exports.handler = (e, c, cb) => { n++; if (e.bad) Promise.reject(new Error('lost')); else cb(null, n) }`,
    }),
  )
  const result = await harness.invoke({ bad: true })
  expect(answerOf(result)).toEqual({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: lost',
    trace: expect.arrayContaining(['Runtime.UnhandledPromiseRejection: Error: lost']) as string[],
  })
  expect(result.log).toContain(
    '\tERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.UnhandledPromiseRejection"',
  )
  expect(result.log).toContain('Error: Runtime exited with error: exit status 128\nRuntime.ExitError\n')
  expect(answerOf(await harness.invoke({}))).toBe(1)
})

test('an uncaught exception ends the environment', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `exports.handler = () => { setTimeout(() => { throw new Error('late') }, 1) }`,
    }),
  )
  const result = await harness.invoke({})
  expect(answerOf(result)).toMatchObject({ errorType: 'Error', errorMessage: 'late' })
  expect(result.log).toContain('\tERROR\tUncaught Exception \t{"errorType":"Error","errorMessage":"late"')
})

const exits: readonly (readonly [string, string, string])[] = [
  ['process.exit(1)', 'process.exit(1)', 'Runtime exited with error: exit status 1'],
  ['process.exit()', 'process.exit()', 'Runtime exited without providing a reason'],
  ['process.exit(137) is no signal', 'process.exit(137)', 'Runtime exited with error: exit status 137'],
  [
    'SIGKILL',
    `process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 9)`,
    'Runtime exited with error: signal: killed',
  ],
  ['abort', 'process.abort()', 'Runtime exited with error: signal: aborted'],
]

test.each(exits)('%s', async (_what, code, message) => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `let n = 0; exports.handler = async e => { n++; if (e.bad) { ${code} } return n }`,
    }),
  )
  expect(answerOf(await harness.invoke({}))).toBe(1)
  const result = await harness.invoke({ bad: true })
  expect([answerOf(result), result.functionError]).toEqual([
    { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${result.requestId} Error: ${message}` },
    'Unhandled',
  ])
  expect(result.log).toContain(`RequestId: ${result.requestId} Error: ${message}\nRuntime.ExitError\n`)
  expect(result.log).toMatch(/\tStatus: error\tError Type: Runtime\.ExitError\t\n$/)
  expect(answerOf(await harness.invoke({}))).toBe(1)
})
