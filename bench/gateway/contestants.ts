import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lambdariumCommand } from '../support/lambdarium.ts'
import { installPeer } from '../support/peers.ts'
import { type MeasuredProcess, startProcess } from '../support/process.ts'
import { type RouteName, writeLambdariumProject, writeServerlessProject } from './project.ts'

/** Somebody who serves the three routes. */
export interface Contestant {
  readonly name: string
  readonly routes: readonly RouteName[]
  /** A handler's file to edit, where the contestant reloads handlers. */
  readonly handlerFile?: string
  /** `reloads`: with whatever makes it take a saved handler; a peer that must reload at every request is slow then. */
  start(reloads: boolean): Promise<{ readonly process: MeasuredProcess; readonly base: string }>
}

const all: readonly RouteName[] = ['proxy', 'mapped', 'mock']
const folder = (name: string): string => mkdtempSync(join(tmpdir(), `bench-${name}-`))

/** Everyone, each with a project of its own in a temporary folder. */
export function contestants(): Contestant[] {
  return [lambdarium(), serverlessOffline(), express(), rawHttp()]
}

function lambdarium(): Contestant {
  const directory = folder('lambdarium')
  writeLambdariumProject(directory)
  return {
    name: 'lambdarium',
    routes: all,
    handlerFile: join(directory, 'handlers/proxy/index.js'),
    async start() {
      const process_ = await startProcess(
        lambdariumCommand(directory),
        /"api":"([^"]+)".*"msg":"ready"|"msg":"ready".*?"api":"([^"]+)"/,
      )
      return { process: process_, base: process_.matched }
    },
  }
}

function serverlessOffline(): Contestant {
  const peers = installPeer('serverless-offline', ['serverless@3', 'serverless-offline@13'])
  const directory = folder('serverless')
  writeServerlessProject(directory)
  symlinkSync(join(peers, 'node_modules'), join(directory, 'node_modules'))
  return {
    name: 'serverless-offline',
    routes: ['proxy', 'mapped'],
    handlerFile: join(directory, 'handlers/proxy/index.js'),
    async start(reloads) {
      const port = 20_000 + (process.pid % 20_000)
      const process_ = await startProcess(
        [
          process.execPath,
          join(peers, 'node_modules/serverless/bin/serverless.js'),
          'offline',
          'start',
          ...(reloads ? ['--reloadHandler'] : []),
          '--httpPort',
          String(port),
          '--lambdaPort',
          String(port + 1),
          '--albPort',
          String(port + 2),
        ],
        /Server ready: (\S+)/,
        { cwd: directory, env: { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' } },
      )
      return { process: process_, base: process_.matched }
    },
  }
}

const servers: Readonly<Record<string, string>> = {
  express: `
const express = require('express')
const app = express()
app.get('/dev/items/:id', (q, s) => s.json({ id: q.params.id, colour: q.query.colour }))
app.post('/dev/orders', express.json(), (q, s) => s.json({ id: q.body.id, total: q.body.items.length * 3 }))
app.get('/dev/status', (q, s) => s.json({ status: 'up' }))
const server = app.listen(0, '127.0.0.1', () => console.log('ready http://127.0.0.1:' + server.address().port + ' '))`,
  'node:http': `
const { createServer } = require('node:http')
const server = createServer((q, s) => {
  const url = new URL(q.url, 'http://x')
  const answer = value => { s.setHeader('content-type', 'application/json'); s.end(JSON.stringify(value)) }
  if (url.pathname.startsWith('/dev/items/')) return answer({ id: url.pathname.slice(11), colour: url.searchParams.get('colour') })
  if (url.pathname === '/dev/status') return answer({ status: 'up' })
  let text = ''
  q.on('data', chunk => { text += chunk }).on('end', () => { const body = JSON.parse(text); answer({ id: body.id, total: body.items.length * 3 }) })
})
server.listen(0, '127.0.0.1', () => console.log('ready http://127.0.0.1:' + server.address().port + ' '))`,
}

const plain = (name: string): Contestant => ({
  name,
  routes: all,
  async start() {
    const file = join(folder(name.replace(':', '-')), 'server.cjs')
    writeFileSync(file, servers[name] ?? '')
    const process_ = await startProcess([process.execPath, file], /ready (\S+)/, {
      env: { NODE_PATH: join(process.cwd(), 'node_modules') },
    })
    return { process: process_, base: process_.matched }
  },
})

const express = (): Contestant => plain('express')
const rawHttp = (): Contestant => plain('node:http')
