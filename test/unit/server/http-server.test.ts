import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import {
  createHttpServer,
  type HttpServer,
  type HttpServerOptions,
  readBody,
} from '../../../src/server/index.ts'
import { memoryLog, realClock } from '../gateway/support/ports.ts'

const servers: HttpServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
  const server = await createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log: memoryLog(),
    clock: realClock,
    handler: async (request, response) => {
      const body = await readBody(request, 1_000)
      response.status(200).json({ url: request.url, body: body === 'too-large' ? body : body.toString() })
    },
    ...options,
  })
  servers.push(server)
  return server
}

/** Sends bytes as they are and answers with everything that comes back until the server ends the connection. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(text)
  let answer = ''
  socket.on('data', chunk => {
    answer += chunk
  })
  await once(socket, 'close')
  return answer
}

test('serves through Express with prototypes that are shared', async () => {
  let shared: boolean[] = []
  const server = await start({
    handler: (request, response) => {
      shared = [
        Object.getPrototypeOf(request) === Reflect.get(request.app, 'request'),
        Object.getPrototypeOf(response) === Reflect.get(request.app, 'response'),
      ]
      response.json({ host: request.hostname })
    },
  })
  const answer = await fetch(`${server.url}/x`)
  expect(await answer.json()).toEqual({ host: '127.0.0.1' })
  expect(answer.headers.get('x-powered-by')).toBeNull()
  expect(shared).toEqual([true, true])
})

test('reads bodies up to the limit', async () => {
  const { url } = await start()
  const post = async (body: string): Promise<unknown> => {
    const answer = (await (await fetch(url, { method: 'POST', body })).json()) as { body: string }
    return answer.body
  }
  expect(await post('a'.repeat(1_000))).toBe('a'.repeat(1_000))
  expect(await post('a'.repeat(1_001))).toBe('too-large')
})

test.each([
  ['127.0.0.1', 200],
  ['localhost', 200],
  ['demo.execute-api.localhost', 200],
  ['[::1]', 200],
  ['192.168.1.7', 200],
  ['api.example.test', 200],
  ['deep.wild.test', 200],
  ['abc123.execute-api.us-east-1.amazonaws.com', 200],
  ['amazonaws.com.evil.example', 403],
  ['evilamazonaws.com', 403],
  ['evil.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['localhost.evil.example', 403],
  ['wild.test', 403],
])('Host %s → %i', async (host, status) => {
  const { port } = await start({ hosts: ['api.example.test', '*.wild.test'] })
  const answer = await raw(port, `GET / HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
})

test.each([
  ['nonsense', 'GARBAGE\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['a header without colon', 'GET / HTTP/1.1\r\nHost: localhost\r\nbroken\r\n\r\n', 400],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    400,
  ],
  ['huge headers', `GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
])('%s is answered and the server lives on', async (_name, text, status) => {
  const { port, url } = await start()
  expect(await raw(port, text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect((await fetch(url)).status).toBe(200)
})

test('a body that never ends is ended with 408', async () => {
  const { port, url } = await start({ requestTimeout: 200 })
  const answer = await raw(port, 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc')
  expect(answer).toMatch(/^HTTP\/1.1 408 /)
  expect((await fetch(url)).status).toBe(200)
})

test('a client that hangs up in the middle of its body is no error', async () => {
  const log = memoryLog()
  let fail: (error: unknown) => void = () => {}
  const failed = new Promise<unknown>(resolve => {
    fail = resolve
  })
  const server = await start({
    log,
    handler: async (request, response) => {
      try {
        await readBody(request, 1_000)
      } catch (error) {
        fail(error)
        throw error
      }
      response.end()
    },
  })
  const socket = connect(server.port, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc')
  await once(server.server, 'request')
  socket.destroy()
  expect(await failed).toBeInstanceOf(Error)
  await server.close()
  expect(log.lines).toEqual([])
})

test('a rejected handler is a 500 and says so in the log', async () => {
  const log = memoryLog()
  const { url } = await start({ log, handler: () => Promise.reject(new Error('bug')) })
  const answer = await fetch(url)
  expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal server error' }])
  expect(log.lines.map(line => line.level)).toEqual(['error'])
})

test('a taken port takes the next free one unless strictPort', async () => {
  const first = await start()
  const second = await start({ port: first.port })
  expect(second.port).toBeGreaterThan(first.port)
  await expect(start({ port: first.port, strictPort: true })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('close lets running requests finish and ends idle connections', { timeout: 4_000 }, async () => {
  let release = () => {}
  const released = new Promise<void>(resolve => {
    release = resolve
  })
  const server = await start({
    handler: async (_request, response) => {
      await released
      response.end('done')
    },
  })
  const idle = connect(server.port, '127.0.0.1')
  await once(idle, 'connect')
  const running = fetch(server.url)
  await once(server.server, 'request')
  const closed = server.close()
  release()
  expect(await (await running).text()).toBe('done')
  await closed
  await expect(fetch(server.url)).rejects.toThrow()
  idle.destroy()
})

test('a request without Host and one for a tunnel get an answer', async () => {
  const { port } = await start()
  const refused = /^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*\r\n\r\n\{"message":"Bad Request"\}$/
  expect(await raw(port, 'GET / HTTP/1.1\r\n\r\n')).toMatch(refused)
  expect(await raw(port, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n')).toMatch(
    refused,
  )
  expect(await raw(port, 'GET / HTTP/1.0\r\n\r\n')).toContain('200 OK')
})
