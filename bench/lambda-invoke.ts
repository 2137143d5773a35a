import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import aws4 from 'aws4'
import { lambdariumCommand } from './support/lambdarium.ts'
import { installPeer } from './support/peers.ts'
import { type MeasuredProcess, startProcess } from './support/process.ts'

const code = 'exports.handler = async event => ({ id: event.id })'

interface Endpoint {
  readonly name: string
  readonly functionName: string
  start(directory: string): Promise<{ readonly process: MeasuredProcess; readonly url: string }>
}

const lambdarium: Endpoint = {
  name: 'lambdarium',
  functionName: 'echo',
  async start(directory) {
    mkdirSync(join(directory, 'handlers'))
    writeFileSync(join(directory, 'handlers/echo.js'), code)
    const process_ = await startProcess(lambdariumCommand(directory), /"aws":"([^"]+)"/)
    return { process: process_, url: process_.matched }
  },
}

const serverlessOffline: Endpoint = {
  name: 'serverless-offline',
  functionName: 'bench-dev-echo',
  async start(directory) {
    const peers = installPeer('serverless-offline', ['serverless@3', 'serverless-offline@13'])
    symlinkSync(join(peers, 'node_modules'), join(directory, 'node_modules'))
    writeFileSync(join(directory, 'echo.js'), code)
    writeFileSync(
      join(directory, 'serverless.yml'),
      'service: bench\nprovider: { name: aws, runtime: nodejs20.x }\nplugins: [serverless-offline]\nfunctions:\n  echo:\n    handler: echo.handler\n    events: [{ http: { path: /echo, method: get } }]\n',
    )
    const port = 20_000 + (process.pid % 20_000)
    const ports = [
      '--httpPort',
      String(port),
      '--lambdaPort',
      String(port + 1),
      '--albPort',
      String(port + 2),
    ]
    const process_ = await startProcess(
      [
        process.execPath,
        join(peers, 'node_modules/serverless/bin/serverless.js'),
        'offline',
        'start',
        ...ports,
      ],
      /Server ready: (\S+)/,
      { cwd: directory, env: { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' } },
    )
    return { process: process_, url: `http://localhost:${port + 1}` }
  },
}

interface Measured {
  readonly perSecond: number
  /** CPU of the server and everything that it started, microseconds a call: tells also on a machine that is busy. */
  readonly cpu: number
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const body = '{"id":7}'

/** How the load calls: what a caller costs is part of what is measured, and the SDK costs more than either server. */
interface Caller {
  readonly name: string
  open(endpoint: string, functionName: string): () => Promise<string>
}

const bySdk: Caller = {
  name: 'SDK',
  open(endpoint, FunctionName) {
    const client = new LambdaClient({ endpoint, region: 'us-east-1', credentials })
    const Payload = Buffer.from(body)
    return async () => {
      const answer = await client.send(new InvokeCommand({ FunctionName, Payload }))
      return Buffer.from(answer.Payload ?? []).toString()
    }
  },
}

const bySignedHttp: Caller = {
  name: 'signed HTTP',
  open(endpoint, functionName) {
    const { hostname, port, host } = new URL(endpoint)
    const agent = new Agent({ keepAlive: true })
    const path = `/2015-03-31/functions/${functionName}/invocations`
    return () =>
      new Promise((resolve, reject) => {
        const asked = { host, service: 'lambda', region: 'us-east-1', method: 'POST', path, body }
        const { headers } = aws4.sign(asked, credentials)
        const sent = request(
          { agent, hostname, port, method: 'POST', path, headers: { ...headers } },
          answer => {
            let text = ''
            answer.setEncoding('utf8').on('data', piece => {
              text += piece
            })
            answer.on('end', () => resolve(text)).on('error', reject)
          },
        )
        sent.on('error', reject).end(body)
      })
  },
}

/** Warm Invokes, `parallel` callers at once, after as many calls for either server as make its code warm. */
async function measure(
  server: MeasuredProcess,
  call: () => Promise<string>,
  parallel: number,
  milliseconds: number,
): Promise<Measured> {
  const checked = async (): Promise<void> => {
    const answer = await call()
    if (answer !== body) throw new Error(`a wrong answer: ${answer}`)
  }
  let left = 3000
  const warm = async (): Promise<void> => {
    while (left-- > 0) await checked()
  }
  await Promise.all(Array.from({ length: parallel }, warm))
  const cpuBefore = server.cpuSeconds()
  const begun = performance.now()
  let calls = 0
  const caller = async (): Promise<void> => {
    for (; performance.now() - begun < milliseconds; calls++) await checked()
  }
  await Promise.all(Array.from({ length: parallel }, caller))
  return {
    perSecond: (calls * 1000) / (performance.now() - begun),
    cpu: ((server.cpuSeconds() - cpuBefore) * 1e6) / calls,
  }
}

/** Warm Invoke through the SDK, and without its cost, beside serverless-offline's Lambda endpoint, in one run. */
export async function compareInvoke(milliseconds = 4000): Promise<void> {
  for (const caller of [bySdk, bySignedHttp]) {
    for (const parallel of [1, 8]) await compare(caller, parallel, milliseconds)
  }
}

async function compare(caller: Caller, parallel: number, milliseconds: number): Promise<void> {
  const label = `Invoke by ${caller.name}, ${parallel} at once`.padEnd(34)
  const all: Measured[] = []
  for (const endpoint of [lambdarium, serverlessOffline]) {
    const directory = mkdtempSync(join(tmpdir(), 'bench-invoke-'))
    const { process: server, url } = await endpoint.start(directory)
    try {
      const found = await measure(server, caller.open(url, endpoint.functionName), parallel, milliseconds)
      all.push(found)
      console.log(
        `${label}${endpoint.name.padEnd(20)}${found.perSecond.toFixed(0).padStart(7)}/s${found.cpu.toFixed(0).padStart(7)} µs CPU`,
      )
    } finally {
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    }
  }
  const [own, peer] = all
  if (own === undefined || peer === undefined) return
  console.log(
    `${''.padEnd(34)}${(own.perSecond / peer.perSecond).toFixed(1)} × (target 5 ×), CPU ${(peer.cpu / own.cpu).toFixed(1)} × less`,
  )
}
