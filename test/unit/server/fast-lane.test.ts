import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { defineService } from '../../../src/aws/index.ts'
import { openDoor, startDoor } from '../../support/aws-door.ts'

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
