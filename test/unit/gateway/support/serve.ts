import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createGateway, type Gateway, type GatewayDependencies } from '../../../../src/gateway/index.ts'
import {
  createActivityTracker,
  createRandomIds,
  type Invocation,
  type InvocationResult,
} from '../../../../src/ports/index.ts'
import { loadProject, type ProjectSnapshot, type Stage } from '../../../../src/project/index.ts'
import { createApiDoor } from '../../../../src/server/index.ts'
import { createAwsEngine } from '../../../../src/vtl/index.ts'
import { memoryJournal, memoryLog, type RecordedEntry, realClock } from './ports.ts'
import { type ReceivedAnswer, type SentRequest, send } from './send.ts'

/** What a scripted function answers: a value, or a failure. */
export type Scripted = (
  event: unknown,
  invocation: Invocation,
) => unknown | Promise<unknown> | { readonly functionError: unknown }

/** What a test serves. */
export interface ServeOptions {
  /** By path below the project: `swagger/api.json` … ; objects are written as JSON. */
  readonly files: Readonly<Record<string, unknown>>
  /** By name; each gets a handler file so that the loader finds it. */
  readonly functions?: Readonly<Record<string, Scripted>>
  readonly stages?: Readonly<Record<string, Stage>>
  readonly gateway?: Partial<GatewayDependencies>
  readonly cors?: boolean
}

/** APIs that listen. */
export interface Served {
  readonly port: number
  readonly url: string
  readonly gateway: Gateway
  readonly snapshot: ProjectSnapshot
  readonly journal: readonly RecordedEntry[]
  readonly log: ReturnType<typeof memoryLog>['lines']
  readonly events: unknown[]
  readonly invocations: Invocation[]
  send(request: SentRequest): Promise<ReceivedAnswer>
}

/** Fails a scripted function as the runtime does. */
export class FunctionFailure extends Error {
  readonly payload: unknown

  constructor(payload: unknown) {
    super('the function failed')
    this.payload = payload
  }
}

/** Writes a project, loads it with the real loader and serves it on a real socket until the test ends. */
export async function serve(options: ServeOptions): Promise<Served> {
  const directory = mkdtempSync(join(tmpdir(), 'lambdarium-gateway-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const functions = options.functions ?? {}
  const handlers = Object.keys(functions).map(name => [`handlers/${name}/index.mjs`, handlerText] as const)
  for (const [path, content] of [...Object.entries(options.files), ...handlers]) {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  const engine = createAwsEngine()
  const log = memoryLog()
  const stages = options.stages ?? { test: { name: 'test', variables: {} } }
  const { snapshot } = await loadProject({
    directory,
    engine,
    stages,
    account: '111111111111',
    region: 'us-east-1',
    buildDirectory: join(directory, '.build'),
    log,
    ...(options.cors !== undefined && { cors: options.cors }),
  })
  const journal = memoryJournal()
  const events: unknown[] = []
  const invocations: Invocation[] = []
  const gateway = createGateway({
    functions: {
      invoke: async invocation => {
        const event: unknown = JSON.parse(Buffer.from(invocation.payload).toString('utf8'))
        events.push(event)
        invocations.push(invocation)
        const scripted = functions[invocation.functionName]
        if (scripted === undefined) throw new Error(`no function ${invocation.functionName}`)
        return await run(scripted, event, invocation)
      },
    },
    clock: realClock,
    ids: createRandomIds(),
    journal,
    log,
    activity: createActivityTracker(),
    account: '111111111111',
    region: 'us-east-1',
    templates: engine,
    ...options.gateway,
  })
  gateway.use({ ...snapshot, stages: new Map(Object.entries(stages)) })
  const door = await createApiDoor({ gateway, host: '127.0.0.1', port: 0, log, clock: realClock })
  onTestFinished(async () => {
    await door.close()
    gateway.stop()
  })
  return {
    port: door.port,
    url: door.url,
    gateway,
    snapshot,
    journal: journal.entries,
    log: log.lines,
    events,
    invocations,
    send: request => send(door.port, request),
  }
}

const handlerText = 'export const handler = async event => event\n'

async function run(scripted: Scripted, event: unknown, invocation: Invocation): Promise<InvocationResult> {
  const answer = { requestId: '11111111-2222-4333-8444-555555555555', executedVersion: '$LATEST', log: '' }
  if (invocation.invocationType === 'Event') return { ...answer, statusCode: 202, payload: Buffer.alloc(0) }
  try {
    const value = (await scripted(event, invocation)) ?? null
    return { ...answer, statusCode: 200, payload: Buffer.from(JSON.stringify(value)) }
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error
    const payload = Buffer.from(JSON.stringify(error.payload))
    return { ...answer, statusCode: 200, payload, functionError: 'Unhandled' }
  }
}
