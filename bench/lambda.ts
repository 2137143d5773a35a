import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJournal } from '../src/journal/index.ts'
import { createLambda, type Lambda } from '../src/lambda/index.ts'
import {
  createActivityTracker,
  createRandomIds,
  createSimulatedClock,
  type FunctionDefinition,
} from '../src/ports/index.ts'
import { compareInvoke } from './lambda-invoke.ts'

/** A function of the benchmark: does nothing but answer, so that what is measured is the way there and back. */
interface Subject {
  readonly name: string
  readonly runtime: string
  readonly file: string
  readonly text: string
  readonly warmTarget: number
  readonly coldTarget: number
}

const subjects: readonly Subject[] = [
  {
    name: 'node',
    runtime: 'nodejs20.x',
    file: 'index.js',
    text: 'exports.handler = async event => event',
    warmTarget: 100,
    coldTarget: 30,
  },
  {
    name: 'python',
    runtime: 'python3.12',
    file: 'index.py',
    text: 'def handler(event, context):\n    return event\n',
    warmTarget: 500,
    coldTarget: 120,
  },
]

const event = Buffer.from(JSON.stringify({ path: '/pets/1', headers: { accept: '*/*' }, body: null }))

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

function row(what: string, times: number[], unit: 'µs' | 'ms', target: number): void {
  const scale = unit === 'µs' ? 1000 : 1
  const sorted = times.map(time => time * scale).toSorted((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  const cells = [median, quantile(sorted, 0.9), quantile(sorted, 0.99)].map(value =>
    value.toFixed(1).padStart(8),
  )
  const verdict = median <= target ? 'reached' : 'missed'
  console.log(
    `${what.padEnd(28)}${cells.join('')} ${unit}   target ${target} ${unit}: ${verdict} (${(median / target).toFixed(2)} of it)`,
  )
}

/** Warm invocations one after the other and several at once; cold starts with and without the pool's help. */
export async function run(args: string[]): Promise<void> {
  const rounds = Number(args[0] ?? 10_000)
  const directory = mkdtempSync(join(tmpdir(), 'lambda-bench-'))
  const activity = createActivityTracker()
  const clock = createSimulatedClock(() => activity.idle())
  const ids = createRandomIds()
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  const make = (freeze: boolean): Lambda =>
    createLambda({
      clock,
      ids,
      activity,
      log: silent,
      journal: createJournal({ clock, ids }),
      account: '000000000000',
      region: 'us-east-1',
      awsEndpoint: () => undefined,
      hostEnvironment: process.env,
      temporaryDirectory: join(directory, 'tmp'),
      freeze,
    })
  const definitions = subjects.map((subject): FunctionDefinition => {
    const codeDirectory = join(directory, subject.name)
    mkdirSync(codeDirectory)
    writeFileSync(join(codeDirectory, subject.file), subject.text)
    return {
      name: subject.name,
      runtime: subject.runtime,
      handler: 'index.handler',
      codeDirectory,
      libraries: [],
      timeout: 30,
      memorySize: 1024,
      environment: {},
      role: 'arn:aws:iam::000000000000:role/bench',
      layers: [],
      fingerprint: '1',
    }
  })
  console.log(`${''.padEnd(28)}${['p50', 'p90', 'p99'].map(name => name.padStart(8)).join('')}`)
  try {
    for (const freeze of [true, false]) {
      const lambda = make(freeze)
      const label = freeze ? 'frozen between' : 'not frozen'
      lambda.deploy(new Map(definitions.map(definition => [definition.name, definition])))
      for (const { name, warmTarget } of subjects) {
        const call = (): Promise<unknown> =>
          lambda.invoke({ functionName: name, invocationType: 'RequestResponse', payload: event })
        // Until V8 has optimised the way there and back: what a function meets after a minute of work, not in its first.
        for (let i = 0; i < 5_000; i++) await call()
        const times: number[] = []
        for (let i = 0; i < rounds; i++) {
          const start = performance.now()
          await call()
          times.push(performance.now() - start)
        }
        row(`${name} warm, ${label}`, times, 'µs', warmTarget)
      }
      await lambda.stop()
    }
    const lambda = make(true)
    for (const [index, { name, coldTarget }] of subjects.entries()) {
      const times: number[] = []
      for (let i = 0; i < 20; i++) {
        const definition = definitions[index]
        if (!definition) continue
        lambda.deploy(new Map([[name, { ...definition, fingerprint: String(i) }]]))
        // As between two edits: time for the pool to be full again.
        await new Promise(resolve => setTimeout(resolve, 300))
        const start = performance.now()
        await lambda.invoke({ functionName: name, invocationType: 'RequestResponse', payload: event })
        times.push(performance.now() - start)
      }
      row(`${name} cold`, times, 'ms', coldTarget)
    }
    await lambda.stop()
  } finally {
    clock.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  await compareInvoke()
}
