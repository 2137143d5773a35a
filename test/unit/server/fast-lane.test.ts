import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { defineService } from '../../../src/aws/index.ts'
import { openDoor, startDoor } from '../../support/aws-door.ts'
import { createRawClient } from '../../support/raw-client.ts'

/** A service whose operation answers what it was asked, and waits where it is told to. */
function echo(waiting: Promise<void> = Promise.resolve()) {
  return defineService({
    id: 'ssm',
    createState: () => ({}),
    operations: {
      DeleteParameter: async (_context, input: { readonly Name?: string }) => {
        if (input.Name === 'wait') await waiting
        return {}
      },
      GetParameter: async (_context, input: { readonly Name?: string }) => {
        if (input.Name === 'wait') await waiting
        return { Parameter: { Name: input.Name } }
      },
    },
  })
}

const post = (name: string, more: readonly string[] = [], operation = 'GetParameter'): string => {
  const body = JSON.stringify({ Name: name })
  const lines = ['POST / HTTP/1.1', 'Host: localhost', `X-Amz-Target: AmazonSSM.${operation}`, ...more]
  return [...lines, `Content-Length: ${body.length}`, '', body].join('\r\n')
}

const bodyOf = (name: string): string => JSON.stringify({ Parameter: { Name: name } })

/** A connection on which answers are waited for one by one. */
function dial(port: number): { socket: Socket; answers(count: number): Promise<string[]> } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.setNoDelay(true)
  onTestFinished(() => void socket.destroy())
  let read = ''
  socket.on('data', text => {
    read += text
  })
  return {
    socket,
    async answers(count) {
      for (;;) {
        const found = read.split(/(?=HTTP\/1\.1 \d{3} )/)
        const last = found.at(-1) ?? ''
        const [head = '', body] = last.split('\r\n\r\n')
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
        if (found.length === count && body !== undefined && body.length === length) return found
        await once(socket, 'data')
      }
    },
  }
}

test('an answer has the headers that node:http gives one', async () => {
  const { door } = await startDoor({ services: [echo()] })
  const { socket, answers } = dial(door.port)
  socket.write(post('a'))
  const [short] = await answers(1)
  socket.write(post('a', ['Origin: http://localhost']))
  const [, long] = await answers(2)
  const plain = (answer = ''): string[] =>
    answer
      .replace(/(?:Access-Control-\w+-\w+|Vary): .*\r\n/g, '')
      .replace(/RequestId: .*|Date: .*/g, name => `${name.split(':')[0]}`)
      .split('\r\n')
      .sort()
  expect(plain(short)).toEqual(plain(long))
  expect(plain(short)).toContain(bodyOf('a'))
})

test('a connection may change its ways at any time', async () => {
  const { door } = await startDoor({ services: [echo()] })
  const { socket, answers } = dial(door.port)
  const bodies: string[] = []
  const say = async (...pieces: string[]): Promise<void> => {
    for (const piece of pieces) await new Promise<void>(resolve => socket.write(piece, () => resolve()))
    const all = await answers(bodies.length + 1)
    bodies.push(all.at(-1)?.split('\r\n\r\n')[1] ?? '')
  }
  await say(post('first'))
  await say(post('second'))
  const [head, body] = post('third').split(/(?<=\r\n\r\n)/)
  await say(head ?? '', body ?? '')
  await say(post('fourth'))
  expect(bodies).toEqual(['first', 'second', 'third', 'fourth'].map(bodyOf))
})

test.each([
  ['in one piece', (one: string, two: string) => [one + two]],
  ['one after the other', (one: string, two: string) => [one, two]],
  ['with a piece between them', (one: string, two: string) => [one + two.slice(0, 40), two.slice(40)]],
])('requests that do not wait for their answers, %s, are answered in their order', async (_, split) => {
  let release = () => {}
  const { door } = await startDoor({ services: [echo(new Promise(resolve => (release = resolve)))] })
  const { socket, answers } = dial(door.port)
  for (const piece of split(post('wait'), post('next')))
    await new Promise<void>(resolve => socket.write(piece, () => resolve()))
  // Another connection's answer: the pieces have arrived by then.
  const other = dial(door.port)
  other.socket.write(post('other'))
  await other.answers(1)
  release()
  const bodies = (await answers(2)).map(answer => answer.split('\r\n\r\n')[1])
  expect(bodies).toEqual([bodyOf('wait'), bodyOf('next')])
})

test('a client that is done sending still gets its answer, and the end', async () => {
  let release = () => {}
  const { door } = await startDoor({ services: [echo(new Promise(resolve => (release = resolve)))] })
  const { socket, answers } = dial(door.port)
  socket.end(post('wait'))
  const other = dial(door.port)
  other.socket.write(post('other'))
  await other.answers(1)
  release()
  expect((await answers(1))[0]).toContain(bodyOf('wait'))
  await once(socket, 'end')
  const closing = dial(door.port)
  closing.socket.write(post('a', ['Connection: close']))
  expect((await closing.answers(1))[0]).toContain('Connection: close\r\n')
  await once(closing.socket, 'end')
})

test.each([
  ['two lengths', post('a', ['Content-Length: 3'])],
  ['a length beside chunks', post('a', ['Transfer-Encoding: chunked'])],
  ['a line that goes on', post('a', ['X-Long: a\r\n b'])],
  ['a blank before the colon', post('a', ['X-Odd : a'])],
  ['a line feed alone', post('a', ['X-Odd: a\nContent-Length: 0'])],
])('%s is for node:http to judge', async (_, text) => {
  const { door } = await startDoor({ services: [echo()] })
  const { socket, answers } = dial(door.port)
  socket.write(text)
  const [answer] = await answers(1)
  expect(answer).toMatch(
    /^HTTP\/1\.1 (?:400 Bad Request\r\n|200 OK\r\n[\s\S]*\{"Parameter":\{"Name":"a"\}\}$)/,
  )
})

test('the door closes when its running requests are answered', async () => {
  let release = () => {}
  const { door, environment } = await openDoor({
    services: [echo(new Promise(resolve => (release = resolve)))],
  })
  const [idle, running] = [dial(door.port), dial(door.port)]
  idle.socket.write(post('a'))
  await idle.answers(1)
  running.socket.write(post('wait'))
  idle.socket.write(post('b'))
  await idle.answers(2)
  const closed = door.close()
  await once(idle.socket, 'end')
  release()
  const [answer] = await running.answers(1)
  expect(answer).toContain('Connection: close\r\n')
  expect(answer).toContain(bodyOf('wait'))
  idle.socket.end()
  await once(running.socket, 'end')
  running.socket.end()
  await closed
  await environment.blobs.close()
})

test('a bug of ours is an answer, and the connection goes on', async () => {
  const { door } = await startDoor({
    services: [echo()],
    door: {
      journal: {
        begin: () => {
          throw new Error('a bug')
        },
        causeOf: () => undefined,
        spanOf: () => '',
      },
    },
  })
  const { socket, answers } = dial(door.port)
  socket.write(post('a'))
  expect((await answers(1))[0]).toMatch(
    /^HTTP\/1\.1 500 Internal Server Error[\s\S]*\{"message":"Internal server error"\}$/,
  )
  socket.write(post('a'))
  expect(await answers(2)).toHaveLength(2)
})

/** Objects whose bodies come in every way that there is. */
const objects = defineService({
  id: 's3',
  createState: () => ({}),
  operations: {
    DeleteObject: async () => ({}),
    HeadObject: async () => ({ ContentLength: 7 }),
    GetObject: async (_context, { Key }: { readonly Key?: string }) => {
      if (Key === 'whole') return { Body: Buffer.from('x'.repeat(20_000)), ContentLength: 20_000 }
      if (Key === 'known') return { Body: Readable.from(['one', 'two']), ContentLength: 6 }
      if (Key === 'unknown') return { Body: Readable.from(['one', '', 'two']) }
      const failing = async function* () {
        yield 'one'
        throw new Error('the disk is gone')
      }
      return { Body: Readable.from(failing()), ContentLength: 6 }
    },
    PutObject: async (_context, { Body }: { readonly Body?: AsyncIterable<Uint8Array> }) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of Body ?? []) chunks.push(chunk)
      return { ETag: String(Buffer.concat(chunks).length) }
    },
  },
})

const rest = (method: string, key: string, more: readonly string[] = []): Buffer =>
  Buffer.from([`${method} /bucket/${key} HTTP/1.1`, 'Host: localhost', ...more, '', ''].join('\r\n'))

test('answers of every kind leave the connection open', async () => {
  const { door } = await startDoor({ services: [objects] })
  const client = createRawClient(door.port)
  onTestFinished(() => client.close())
  const asked: [string, string][] = [
    ['GET', 'whole'],
    ['GET', 'known'],
    ['GET', 'unknown'],
    ['HEAD', 'whole'],
    ['DELETE', 'whole'],
    ['GET', 'known'],
  ]
  const found: unknown[] = []
  for (const [method, key] of asked) {
    const { status, headers, body, ended } = await client.ask(method, rest(method, key))
    const framing = headers.filter(each => /^(?:content-length|transfer-encoding|connection):/.test(each))
    found.push([status, ...framing, body.slice(0, 6), ended])
  }
  expect(found).toEqual([
    [200, 'connection: keep-alive', 'content-length: 20000', 'xxxxxx', false],
    [200, 'connection: keep-alive', 'content-length: 6', 'onetwo', false],
    [200, 'connection: keep-alive', 'transfer-encoding: chunked', 'onetwo', false],
    [200, 'connection: keep-alive', 'content-length: 7', '', false],
    [204, 'connection: keep-alive', '', false],
    [200, 'connection: keep-alive', 'content-length: 6', 'onetwo', false],
  ])
})

test('an answer that breaks off ends its connection', async () => {
  const errors: unknown[] = []
  const silent = { debug: () => {}, info: () => {}, warn: () => {} }
  const log = { ...silent, error: (fields: object) => void errors.push(fields) }
  const { door } = await startDoor({ services: [objects], log })
  const socket = connect({ port: door.port, host: '127.0.0.1' })
  socket.write(rest('GET', 'broken'))
  let read = ''
  socket.on('data', text => {
    read += text
  })
  await once(socket, 'close')
  expect(read).toMatch(/Content-Length: 6\r\n[\s\S]*\r\n\r\n(?:one)?$/)
  expect(errors).toEqual([{ err: new Error('the disk is gone'), url: '/bucket/broken' }])
})

test.each([
  ['two', 30_000, [15_000]],
  ['many', 30_000, Array.from({ length: 20 }, (_, index) => 1_000 * (index + 1))],
  ['large', 200_000, [100_000]],
])('a body in %s pieces arrives whole', async (_, size, cuts) => {
  const { door } = await startDoor({ services: [objects] })
  const { socket, answers } = dial(door.port)
  const pieces = [rest('PUT', 'a', [`Content-Length: ${size}`])]
  const body = Buffer.alloc(size, 7)
  for (const [index, cut] of cuts.entries()) pieces.push(body.subarray(cuts[index - 1] ?? 0, cut))
  pieces.push(body.subarray(cuts.at(-1)))
  for (const piece of pieces) await new Promise<void>(resolve => socket.write(piece, () => resolve()))
  expect((await answers(1))[0]).toContain(`ETag: ${size}\r\n`)
  socket.write(rest('PUT', 'a', ['Content-Length: 0']))
  expect((await answers(2))[1]).toContain('ETag: 0\r\n')
})

test('a body that ends too early is a bad request', async () => {
  const { door } = await startDoor({ services: [objects] })
  const { socket, answers } = dial(door.port)
  socket.end(Buffer.concat([rest('PUT', 'a', ['Content-Length: 10']), Buffer.from('half')]))
  expect((await answers(1))[0]).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
})
