import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/stores/index.ts'
import { createHarness, isAlive } from './harness.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A simulator that takes one event and reports: the pid of an idle function, and that of the one that is busy. */
const victim = `
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createJournal } from './src/journal/index.ts'
import { createLambda } from './src/lambda/index.ts'
import { createActivityTracker, createRandomIds, createSimulatedClock } from './src/ports/index.ts'
import { openStore } from './src/stores/index.ts'
const [directory = '', store = ''] = process.argv.slice(2)
const clock = createSimulatedClock(), ids = createRandomIds()
const log = { debug() {}, info() {}, warn() {}, error() {} }
const lambda = createLambda({
  clock, ids, log, journal: createJournal({ clock, ids }), activity: createActivityTracker(),
  account: '000000000000', region: 'us-east-1', awsEndpoint: () => undefined, hostEnvironment: process.env,
  temporaryDirectory: directory + '/tmp', store: await openStore({ kind: 'lmdb', directory: store }),
})
const code = { runtime: 'nodejs20.x', handler: 'index.handler', codeDirectory: directory, libraries: [], timeout: 60,
  memorySize: 128, environment: {}, role: 'r', layers: [], fingerprint: '1' }
lambda.deploy(new Map(['idle', 'busy'].map(name => [name, { ...code, name }])))
const payload = (value: unknown) => Buffer.from(JSON.stringify(value))
await lambda.invoke({ functionName: 'idle', invocationType: 'RequestResponse', payload: payload({ file: directory + '/idle' }) })
await lambda.invoke({ functionName: 'busy', invocationType: 'Event', requestId: 'survivor', payload: payload({ file: directory + '/busy', loop: true }) })
const look = setInterval(() => {
  if (!existsSync(directory + '/busy')) return
  clearInterval(look)
  console.log(JSON.stringify(['idle', 'busy'].map(name => Number(readFileSync(directory + '/' + name, 'utf8')))))
}, 5)
`

test('kill -9 of the simulator leaves no process behind and loses no event', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lambda-killed-'))
  const bundle = join(root, 'dist', `killed-simulator-${process.pid}.mjs`)
  onTestFinished(() => {
    rmSync(directory, { recursive: true, force: true })
    rmSync(bundle, { force: true })
  })
  mkdirSync(join(directory, 'code'))
  writeFileSync(
    join(directory, 'code', 'index.js'),
    `exports.handler = async e => { require('node:fs').writeFileSync(e.file, String(process.pid)); if (e.loop) for (;;) {} }`,
  )
  await build({
    stdin: { contents: victim, resolveDir: root, loader: 'ts' },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  const store = join(directory, 'store')
  const simulator = spawn(process.execPath, [bundle, join(directory, 'code'), store], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(simulator.stdout, 'data')) as [Buffer]
  const pids = JSON.parse(line.toString()) as number[]
  expect(pids.map(isAlive)).toEqual([true, true])
  simulator.kill('SIGKILL')
  await once(simulator, 'exit')
  while (pids.some(isRunning)) await new Promise(resolve => setImmediate(resolve))

  const kept = await openStore({ kind: 'lmdb', directory: store })
  onTestFinished(() => kept.close())
  const harness = createHarness({ store: kept })
  harness.deploy(
    harness.define(
      { 'index.js': `exports.handler = async (e, c) => console.log('again ' + c.awsRequestId)` },
      { name: 'busy' },
    ),
  )
  await harness.clock.advance({ seconds: 1 })
  expect(
    harness.logs
      .at(-1)
      ?.records.map(({ message }) => message)
      .join(''),
  ).toContain('again survivor\n')
})

function isRunning(pid: number): boolean {
  try {
    return !/ Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
