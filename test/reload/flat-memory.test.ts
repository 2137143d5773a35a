import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { commandFile } from '../support/lambdarium-command.ts'
import { temporaryProject } from '../support/temporary-project.ts'

const handler = (edit: number): string =>
  `exports.handler = async event => ({ statusCode: 200, body: '${edit} ' + event.queryStringParameters.n })`
const template = (edit: number): string => `{"statusCode": 200, "edit": "${edit}"}`

const { directory, write, remove } = temporaryProject({
  'swagger/api.json': JSON.stringify({
    swagger: '2.0',
    info: { title: 'api', version: '1' },
    paths: {
      '/run': {
        get: {
          'x-amazon-apigateway-integration': {
            type: 'aws_proxy',
            httpMethod: 'POST',
            uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:run/invocations',
          },
        },
      },
      '/shown': {
        get: {
          responses: { 200: { description: 'ok' } },
          'x-amazon-apigateway-integration': {
            type: 'mock',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
            responses: {
              default: {
                statusCode: '200',
                responseTemplates: { 'application/json': { $ref: '../mapping-templates/shown.vtl' } },
              },
            },
          },
        },
      },
    },
  }),
  'mapping-templates/shown.vtl': template(0),
  'handlers/run/index.js': handler(0),
})
afterAll(remove)

/** Lets the command tell what it uses once its garbage is gone. */
const probe = `data:text/javascript,${encodeURIComponent(`
process.on('message', () => { gc(); setImmediate(() => { gc(); process.send(process.memoryUsage()) }) })
process.channel.unref()`)}`

interface Running {
  readonly child: ChildProcess
  readonly api: string
}

async function start(): Promise<Running> {
  const child = spawn(
    process.execPath,
    [
      ...['--expose-gc', '--import', probe, commandFile, 'start', '--project', directory, '--ephemeral'],
      ...['--port', '0', '--aws-port', '0', '--log-format', 'json'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  )
  const killAtExit = (): void => void child.kill('SIGKILL')
  process.once('exit', killAtExit)
  child.once('exit', () => process.off('exit', killAtExit))
  if (child.stderr === null) throw new Error('no pipe')
  const lines = createInterface({ input: child.stderr })
  const api = new Promise<string>(resolve => {
    lines.on('line', line => {
      const { msg, api: url } = JSON.parse(line) as { msg?: string; api?: string }
      if (msg === 'ready' && url !== undefined) resolve(url)
    })
  })
  return { child, api: await api }
}

async function memory(child: ChildProcess): Promise<NodeJS.MemoryUsage> {
  child.send('memory')
  const [usage] = (await once(child, 'message')) as [NodeJS.MemoryUsage]
  return usage
}

test('1,000 reloads and 10,000 requests leave heap and resident memory flat', async () => {
  const { child, api } = await start()
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  let requests = 0
  const ask = (path: string): Promise<string> => {
    requests++
    return new Promise((resolve, reject) => {
      get(`${api}/dev${path}`, { agent }, response => text(response).then(resolve, reject)).once(
        'error',
        reject,
      )
    })
  }
  /** Saves one edit and asks until it is served, then goes on until there were ten requests for each edit. */
  const round = async (edit: number): Promise<void> => {
    const [path, expected] = edit % 10 === 0 ? ['/run?n=1', `${edit} 1`] : ['/shown', template(edit)]
    if (path === '/shown') write('mapping-templates/shown.vtl', template(edit))
    else write('handlers/run/index.js', handler(edit))
    while ((await ask(path)) !== expected);
    while (requests < 10 * edit) await Promise.all([ask('/run?n=1'), ask('/shown'), ask('/run?n=2')])
  }
  for (let edit = 1; edit <= 300; edit++) await round(edit)
  const early = await memory(child)
  for (let edit = 301; edit <= 1000; edit++) await round(edit)
  const late = await memory(child)
  agent.destroy()
  child.kill('SIGTERM')
  await once(child, 'exit')

  expect(requests).toBeGreaterThanOrEqual(10_000)
  // The journal keeps the last thousand records, whose size varies; what leaked per request or reload would be more.
  expect((late.heapUsed - early.heapUsed) / 1e6).toBeLessThan(3)
  // Resident memory breathes with the machine's load; ten kilobytes lost per request would be seventy megabytes. What V8
  // holds ready is none of it: Node 24 doubles its young generation after some thousand requests, once.
  const outside = ({ rss, heapTotal }: NodeJS.MemoryUsage): number => rss - heapTotal
  expect((outside(late) - outside(early)) / 1e6).toBeLessThan(64)
}, 600_000)
