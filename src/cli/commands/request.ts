import { request as httpRequest, type IncomingMessage, STATUS_CODES } from 'node:http'
import { join } from 'node:path'
import aws4 from 'aws4'
import { type Config, currentEnvironment, runningSimulator } from '../../config/index.ts'
import { UserError } from '../../lib/index.ts'
import { type Credentials, credentialsFor } from '../caller.ts'
import { configFlagsNamed } from '../config-flags.ts'
import type { Command, Given } from '../flag.ts'
import { readInput } from '../input.ts'
import { usageProblem } from '../parse-arguments.ts'
import { projectConfig } from '../project-config.ts'
import { openTerminal } from '../terminal.ts'

export const command: Command = {
  flags: [
    { name: 'header', short: 'H', value: 'NAME:VALUE', multiple: true, description: 'A request header.' },
    { name: 'data', short: 'd', value: 'BODY', description: 'The body; `@file` reads a file, `@-` stdin.' },
    { name: 'include', short: 'i', description: 'Print the status line and the headers of the answer too.' },
    { name: 'fail', short: 'f', description: 'End with 1 when the answer is 400 or above.' },
    { name: 'sign', description: 'Sign with SigV4, as the first of the configured credentials.' },
    {
      name: 'as',
      value: 'ACCESS_KEY|ROLE',
      description: 'Sign as this access key, or as a session of this role.',
    },
    // `--data` is the body here, as in curl; LAMBDARIUM_DATA and the configuration name the data folder.
    ...configFlagsNamed('project', 'port', 'aws-port', 'host'),
  ],
  words: { min: 2, max: 2 },
  notes: ['PATH begins with the stage: `lambdarium request GET /dev/greeting?name=Ada`.'],
  async run(given) {
    const [method = 'GET', path = '/'] = given.words
    const { flags } = given
    const { config, running } = await findSimulator(given)
    const base = running?.api ?? `http://${config.host}:${config.port}`
    const url = /^https?:\/\//.test(path) ? new URL(path) : new URL(base)
    // The URL class would normalise what the user wants to send: the raw path is kept.
    const rawPath = /^https?:\/\//.test(path)
      ? `${url.pathname}${url.search}`
      : path.startsWith('/')
        ? path
        : `/${path}`
    const data = flags.get('data')
    const body = typeof data === 'string' ? await bodyOf(data) : undefined
    const headers = headersOf(given.lists.get('header') ?? [])
    if (body !== undefined && !Object.keys(headers).some(name => name.toLowerCase() === 'content-type'))
      headers['Content-Type'] = 'application/json'
    const as = flags.get('as')
    let outgoing = { method: method.toUpperCase(), path: rawPath, headers, host: url.host, body: body ?? '' }
    if (flags.get('sign') === true || as !== undefined) {
      const credentials = await credentialsFor(typeof as === 'string' ? as : undefined, config, running?.aws)
      outgoing = signed(outgoing, credentials, config.region)
    }
    const answer = await send(url, outgoing)
    return print(answer, flags.get('include') === true, flags.get('fail') === true)
  },
}

/** The project's configuration and the simulator that runs for it, if one does. */
async function findSimulator(given: Given) {
  const { config } = await projectConfig({
    ...given,
    flags: new Map([...given.flags].filter(([name]) => name !== 'data')),
  })
  // Below `lambdarium exec` the simulator is the one whose addresses the environment has.
  const { LAMBDARIUM_API: api, LAMBDARIUM_AWS: aws } = currentEnvironment()
  if (api !== undefined && aws !== undefined) return { config, running: { api, aws } }
  return { config, running: await runningSimulator(config.data ?? join(config.project, '.lambdarium')) }
}

interface Outgoing {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly host: string
  readonly body: string
}

function signed(outgoing: Outgoing, credentials: Credentials, region: Config['region']): Outgoing {
  const request = aws4.sign(
    { ...outgoing, headers: { ...outgoing.headers, Host: outgoing.host }, service: 'execute-api', region },
    credentials,
  )
  return { ...outgoing, headers: request.headers as Record<string, string> }
}

function bodyOf(data: string): Promise<string> {
  return data.startsWith('@') ? readInput(data.slice(1)) : Promise.resolve(data)
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 1) throw usageProblem(`\`${line}\` is no header`, 'Write it as `-H "Name: value"`')
    headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
  }
  return headers
}

function send(url: URL, { method, path, headers, body }: Outgoing): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port || 80,
        method,
        path,
        headers: { ...headers, ...(body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) }) },
        agent: false,
      },
      resolve,
    )
    request.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'ECONNREFUSED'
          ? new UserError('not-running', `Nothing answers on ${url.origin}`, {
              hint: 'Start it with `lambdarium start`',
              cause,
            })
          : new UserError('request-failed', `${url.origin} broke off: ${cause.message}`, { cause }),
      )
    })
    request.end(body)
  })
}

async function print(answer: IncomingMessage, include: boolean, fail: boolean): Promise<number> {
  const terminal = openTerminal()
  const status = answer.statusCode ?? 0
  const line = `HTTP/${answer.httpVersion} ${status} ${answer.statusMessage ?? STATUS_CODES[status] ?? ''}`
  const style = terminal.logStyle
  if (include) {
    const { rawHeaders } = answer
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []))
    terminal.print([line, ...lines, ''].join('\n'))
  } else terminal.log(status < 400 ? style.green(line) : style.red(line))
  let last = ''
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    process.stdout.write(chunk)
    last = chunk.toString('latin1').slice(-1)
  }
  // A shell's prompt belongs on a line of its own; a pipe gets the bytes as they came.
  if (process.stdout.isTTY && last !== '\n') terminal.print('')
  return fail && status >= 400 ? 1 : 0
}
