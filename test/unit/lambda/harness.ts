import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createJournal } from '../../../src/journal/index.ts'
import {
  createLambda,
  type FunctionLog,
  type Lambda,
  type LambdaDependencies,
} from '../../../src/lambda/index.ts'
import {
  createActivityTracker,
  createRandomIds,
  createSimulatedClock,
  type FunctionDefinition,
  type Invocation,
  type InvocationResult,
  type SimulatedClock,
} from '../../../src/ports/index.ts'

/** A Lambda with real processes, in a folder of its own; all of it is gone after the test. */
export interface Harness {
  readonly lambda: Lambda
  readonly directory: string
  readonly clock: SimulatedClock
  readonly logs: FunctionLog[]
  readonly idle: () => Promise<void>
  /** Writes a function's files and describes it. */
  define(files: Readonly<Record<string, string>>, changes?: Partial<FunctionDefinition>): FunctionDefinition
  deploy(...definitions: FunctionDefinition[]): void
  invoke(event: unknown, changes?: Partial<Invocation>): Promise<InvocationResult>
}

export const silent = { debug() {}, info() {}, warn() {}, error() {} }

let count = 0

export function createHarness(changes: Partial<LambdaDependencies> = {}): Harness {
  const directory = mkdtempSync(join(tmpdir(), 'lambda-test-'))
  const activity = createActivityTracker()
  const clock = createSimulatedClock(() => activity.idle())
  const ids = createRandomIds()
  const logs: FunctionLog[] = []
  const lambda = createLambda({
    clock,
    ids,
    activity,
    log: silent,
    journal: createJournal({ clock, ids }),
    account: '000000000000',
    region: 'us-east-1',
    awsEndpoint: () => 'http://127.0.0.1:4566',
    hostEnvironment: process.env,
    temporaryDirectory: join(directory, 'tmp'),
    onLog: log => logs.push(log),
    ...changes,
  })
  onTestFinished(async () => {
    await lambda.stop()
    clock.stop()
    rmSync(directory, { recursive: true, force: true })
  })
  return {
    lambda,
    directory,
    clock,
    logs,
    idle: () => activity.idle(),
    define(files, definition = {}) {
      const name = definition.name ?? 'greet'
      const codeDirectory = join(directory, `${name}-${count++}`)
      mkdirSync(codeDirectory)
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(codeDirectory, file)), { recursive: true })
        writeFileSync(join(codeDirectory, file), text)
      }
      return {
        name,
        runtime: 'nodejs20.x',
        handler: 'index.handler',
        codeDirectory,
        libraries: [],
        timeout: 3,
        memorySize: 128,
        environment: {},
        role: 'arn:aws:iam::000000000000:role/greet',
        layers: [],
        fingerprint: String(count),
        ...definition,
      }
    },
    deploy: (...definitions) => lambda.deploy(new Map(definitions.map(each => [each.name, each]))),
    invoke: (event, invocation = {}) =>
      lambda.invoke({
        functionName: 'greet',
        invocationType: 'RequestResponse',
        payload: event === undefined ? new Uint8Array(0) : Buffer.from(JSON.stringify(event)),
        ...invocation,
      }),
  }
}

/** The answer as a value. */
export function answerOf(result: InvocationResult): unknown {
  return JSON.parse(Buffer.from(result.payload).toString())
}

/** Is a process still there? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
