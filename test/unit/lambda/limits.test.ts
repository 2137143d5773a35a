import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answerOf, createHarness, isAlive } from './harness.ts'

/** Waits until the kernel has forgotten a process; the test's own time limit bounds it. */
async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid) && !isZombie(pid)) await new Promise(resolve => setImmediate(resolve))
}

function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

// Recorded from AWS, November 2025:
// https://github.com/localstack/localstack/blob/main/tests/aws/services/lambda_/test_lambda.snapshot.json
test.each([
  ['an endless loop', 'for (;;) {}'],
  ['a promise that is late', 'await new Promise(resolve => setTimeout(resolve, 60_000))'],
  ['a handler that ignores SIGTERM', `process.on('SIGTERM', () => {}); for (;;) {}`],
])('a timeout kills: %s', async (_what, code) => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.js': `let n = 0; exports.handler = async e => { n++; if (e.slow) { ${code} } return [n, process.pid] }`,
      },
      { timeout: 1 },
    ),
  )
  const [, pid = 0] = answerOf(await harness.invoke({})) as number[]
  const result = await harness.invoke({ slow: true })
  expect({ ...result, payload: answerOf(result), log: undefined }).toEqual({
    requestId: result.requestId,
    statusCode: 200,
    executedVersion: '$LATEST',
    functionError: 'Unhandled',
    payload: {
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 1.00 seconds`,
    },
  })
  expect(result.log).toMatch(
    new RegExp(
      `^START .*\n\\d{4}-\\d\\d-\\d\\dT\\S+Z ${result.requestId} Task timed out after 1\\.00 seconds\n\nEND .*\nREPORT .*\tDuration: 1000\\.00 ms\tBilled Duration: 1000 ms\t.*\tStatus: timeout\t\n$`,
    ),
  )
  await untilGone(pid)
  expect(answerOf(await harness.invoke({}))).toEqual([1, expect.any(Number)])
})

test('a Python handler is timed out too', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      { 'index.py': 'import time\ndef handler(event, context):\n    time.sleep(60)\n' },
      { runtime: 'python3.12', timeout: 1 },
    ),
  )
  expect(answerOf(await harness.invoke({}))).toMatchObject({ errorType: 'Sandbox.Timedout' })
})

test('an init phase that takes too long is begun again inside the invocation, whose timeout then holds', async () => {
  const harness = createHarness({ limits: { initTimeout: 300 } })
  harness.deploy(
    harness.define(
      {
        'index.js': `const until = Date.now() + 600; while (Date.now() < until) {} exports.handler = async () => 'at last'`,
      },
      { timeout: 3 },
    ),
  )
  const result = await harness.invoke({})
  expect(answerOf(result)).toBe('at last')
  const init = harness.logs.flatMap(log => log.records.map(record => record.message)).join('')
  expect(init).toContain('INIT_REPORT Init Duration: 300.00 ms\tPhase: init\tStatus: timeout\n')
})

test('an init phase that never ends runs into the timeout', async () => {
  const harness = createHarness({ limits: { initTimeout: 200 } })
  harness.deploy(harness.define({ 'index.js': 'for (;;) {}' }, { timeout: 1 }))
  const result = await harness.invoke({})
  expect(answerOf(result)).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 1.00 seconds`,
  })
})

test('more memory than the function has ends the environment', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.js': `let n = 0; exports.handler = async e => { n++; const kept = []; for (let i = 0; i < e.mb; i++) { kept.push(Buffer.alloc(1024 * 1024, 1)); await new Promise(r => setTimeout(r, 1)) } return n }`,
      },
      { memorySize: 128, timeout: 20 },
    ),
  )
  expect(answerOf(await harness.invoke({ mb: 1 }))).toBe(1)
  const result = await harness.invoke({ mb: 2000 })
  expect(answerOf(result)).toEqual({
    errorType: 'Runtime.OutOfMemory',
    errorMessage: `RequestId: ${result.requestId} Error: Runtime exited with error: signal: killed`,
  })
  expect(result.log).toMatch(/Max Memory Used: 128 MB\tStatus: error\tError Type: Runtime\.OutOfMemory\t\n$/)
  expect(answerOf(await harness.invoke({ mb: 1 }))).toBe(1)
})

test('a handler that kills its parent hurts only itself', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `exports.handler = async e => { if (e.signal) { process.kill(process.ppid, e.signal); await new Promise(r => setTimeout(r, 500)) } return 'alive' }`,
    }),
  )
  const killed = await harness.invoke({ signal: 'SIGKILL' })
  expect(answerOf(killed)).toMatchObject({ errorType: 'Runtime.ExitError' })
  expect(answerOf(await harness.invoke({ signal: 'SIGTERM' }))).toBe('alive')
})

test('what a handler started is gone with it', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `const { spawn } = require('node:child_process')
exports.handler = async () => {
  const here = spawn('sleep', ['600'], { stdio: 'ignore' })
  const away = spawn('sleep', ['600'], { stdio: 'ignore', detached: true })
  away.unref(); here.unref()
  return [process.pid, here.pid, away.pid]
}`,
    }),
  )
  const pids = answerOf(await harness.invoke({})) as number[]
  expect(pids.map(isAlive)).toEqual([true, true, true])
  await harness.lambda.stop()
  await Promise.all(pids.map(untilGone))
})

test('a handler may open 1,000 sockets and fork processes; the next one finds nothing of them', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.js': `const { fork } = require('node:child_process')
const { connect, createServer } = require('node:net')
const opened = new Promise(resolve => { const server = createServer().listen(0, '127.0.0.1', 2000, () => resolve(server)) })
exports.handler = async ({ quiet }) => {
  if (quiet) return process.pid
  const { port } = (await opened).address()
  const sockets = await Promise.all(Array.from({ length: 1000 }, () => new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket)).on('error', reject)
  })))
  const children = Array.from({ length: 20 }, () => fork(__dirname + '/child.js', { stdio: 'ignore' }).pid)
  return [sockets.length, ...children]
}`,
        'child.js': 'setInterval(() => {}, 1000)',
      },
      { memorySize: 4096, timeout: 30 },
    ),
  )
  const [sockets, ...children] = answerOf(await harness.invoke({})) as number[]
  expect([sockets, children.every(isAlive)]).toEqual([1000, true])
  expect(answerOf(await harness.invoke({ quiet: true }))).toEqual(expect.any(Number))
  await harness.lambda.stop()
  await Promise.all(children.map(untilGone))
})

test('no process is left when the simulator stops in the middle', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `exports.handler = async e => { if (e.wait) for (;;) {} return process.pid }`,
    }),
  )
  const pid = answerOf(await harness.invoke({})) as number
  const running = harness.invoke({ wait: true })
  await harness.lambda.stop()
  expect(answerOf(await running)).toMatchObject({ errorType: 'Runtime.ExitError' })
  await untilGone(pid)
  expect(harness.lambda.status()).toEqual({ environments: [], invocations: 0 })
})

test('100 MB of output are counted, not kept', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.js': `const line = 'x'.repeat(999) + '\\n'
exports.handler = async e => {
  if (e.raw) for (let i = 0; i < 100_000; i++) process.stdout.write(line)
  else for (let i = 0; i < 100_000; i++) console.log(line)
  return 'done'
}`,
      },
      { timeout: 60, memorySize: 1024 },
    ),
  )
  for (const raw of [true, false]) {
    const result = await harness.invoke({ raw })
    expect(answerOf(result)).toBe('done')
    expect(result.log.length).toBeLessThan(7_000_000)
    expect(result.log).toMatch(/\[\d{8,9} more bytes of output were dropped: .*\]\nEND /)
  }
})

test('a response of 100 MB is refused as AWS refuses it', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      { 'index.js': `exports.handler = async e => 'x'.repeat(e.size)` },
      { timeout: 20, memorySize: 1024 },
    ),
  )
  const result = await harness.invoke({ size: 100_000_000 })
  expect([answerOf(result), result.functionError]).toEqual([
    {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    },
    'Unhandled',
  ])
  const largest = await harness.invoke({ size: 6_291_554 })
  expect([largest.payload.length, largest.functionError]).toEqual([6_291_556, undefined])
})

test('an idle environment gets no CPU', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.js': `let ticks = 0; setInterval(() => ticks++, 1).unref(); exports.handler = async () => [process.pid, ticks]`,
    }),
  )
  const [pid] = answerOf(await harness.invoke({})) as number[]
  // The kernel delivers the signal in its own time.
  while (!/^\d+ \(.*\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
    await new Promise(resolve => setImmediate(resolve))
  expect(answerOf(await harness.invoke({}))).toEqual([pid, expect.any(Number)])
})
