import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPeer } from '../support/peers.ts'
import { type MeasuredProcess, startProcess } from '../support/process.ts'

/** A server of DynamoDB's API under measurement. */
export interface Contestant {
  readonly name: string
  start(): Promise<{ readonly process: MeasuredProcess; readonly base: string }>
}

const folder = (name: string): string => mkdtempSync(join(tmpdir(), `bench-${name}-`))

/** The command as a benchmark wants it: free ports, a folder of its own, nothing watched. */
export async function startLambdarium(
  flags: readonly string[],
  auth: 'on' | 'off',
): Promise<{ readonly process: MeasuredProcess; readonly base: string }> {
  const directory = folder('lambdarium')
  writeFileSync(join(directory, 'lambdarium.config.json'), JSON.stringify({ auth }))
  const ports = ['--port', '0', '--aws-port', '0']
  const measured = await startProcess(
    [
      ...[process.execPath, 'bin/lambdarium.js', 'start', '--project', directory, ...ports],
      ...['--log-format', 'json', '--no-watch', ...flags],
    ],
    /"aws":"([^"]+)".*"msg":"ready"|"msg":"ready".*?"aws":"([^"]+)"/,
  )
  return { process: measured, base: measured.matched }
}

const lambdarium = (name: string, flags: readonly string[], auth: 'on' | 'off'): Contestant => ({
  name,
  start: () => startLambdarium(flags, auth),
})

/** Serves whatever needs no more than a script. */
function scripted(name: string, text: string): Contestant {
  return {
    name,
    async start() {
      const file = join(folder(name), `${name}.cjs`)
      writeFileSync(file, text)
      const measured = await startProcess([process.execPath, file], /listening (\S+)/)
      return { process: measured, base: measured.matched }
    },
  }
}

const listening =
  "server.listen(0, '127.0.0.1', () => console.log('listening http://127.0.0.1:' + server.address().port))"

/** dynalite in memory is the peer; the floor parses the body and answers what was prepared. */
export function contestants(): readonly Contestant[] {
  const peer = JSON.stringify(join(installPeer('dynalite', ['dynalite@3']), 'node_modules', 'dynalite'))
  return [
    scripted('dynalite', `const server = require(${peer})({ createTableMs: 0 }); ${listening}`),
    lambdarium('memory', ['--ephemeral'], 'off'),
    lambdarium('memory, signed', ['--ephemeral'], 'on'),
    lambdarium('lmdb', [], 'off'),
    scripted(
      'floor',
      `const server = require('node:http').createServer((request, response) => {
        const parts = []
        request.on('data', part => parts.push(part))
        request.on('end', () => {
          JSON.parse(Buffer.concat(parts).toString())
          response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': 2 }).end('{}')
        })
      }); ${listening}`,
    ),
  ]
}
