import { connect, type Socket } from 'node:net'

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number
  /** `name: value` in lower case names, sorted. */
  readonly headers: readonly string[]
  /** Without its framing, one character for each byte. */
  readonly body: string
  /** Whether the server ended the connection behind it. */
  readonly ended: boolean
}

/** A connection over which requests are written as they are; it is opened again where the server ended it. */
export interface RawClient {
  ask(method: string, request: Buffer): Promise<RawAnswer>
  /** The next request comes on another connection. */
  close(): void
}

/** Makes a client that asks one thing after the other. */
export function createRawClient(port: number): RawClient {
  let socket: Socket | undefined
  let read = ''
  let isEnded = false
  let wake = (): void => {}
  const open = (): Socket => {
    const opened = connect({ port, host: '127.0.0.1' })
    opened.setNoDelay(true).setEncoding('latin1')
    opened.on('data', text => {
      read += text
      wake()
    })
    opened.on('end', () => {
      isEnded = true
    })
    opened.on('close', () => {
      if (socket === opened) socket = undefined
      wake()
    })
    ;[read, isEnded] = ['', false]
    return opened
  }
  const woken = (): Promise<void> =>
    new Promise(resolve => {
      wake = resolve
    })
  return {
    async ask(method, request) {
      socket ??= open()
      const used = socket
      used.write(request)
      for (;;) {
        const found = readAnswer(method, read, isEnded)
        if (found !== undefined) {
          while (found.headers.includes('connection: close') && !used.closed) await woken()
          read = ''
          return { ...found, ended: used.closed }
        }
        if (used.closed) throw new Error(`the connection ended in the middle of ${JSON.stringify(read)}`)
        await woken()
      }
    },
    close() {
      socket?.destroy()
      socket = undefined
    },
  }
}

/** An answer, where all of it is there. */
function readAnswer(method: string, text: string, isEnded: boolean): Omit<RawAnswer, 'ended'> | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [line = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines.map(each => each.replace(/^[^:]*/, name => name.toLowerCase())).sort()
  const status = Number(line.split(' ')[1])
  if (status === 100) return readAnswer(method, text.slice(end + 4), isEnded)
  const body = bodyOf(method, status, headers, text.slice(end + 4), isEnded)
  return body === undefined ? undefined : { status, headers, body }
}

function bodyOf(
  method: string,
  status: number,
  headers: readonly string[],
  rest: string,
  isEnded: boolean,
): string | undefined {
  if (method === 'HEAD' || status === 204 || status === 304) return rest
  const length = headers.find(each => each.startsWith('content-length: '))
  if (length !== undefined) return rest.length < Number(length.slice(16)) ? undefined : rest
  if (!headers.includes('transfer-encoding: chunked')) return isEnded ? rest : undefined
  let body = ''
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(rest.slice(at, line), 16)
    if (rest.length < line + 4 + size) return undefined
    if (size === 0) return body
    body += rest.slice(line + 2, line + 2 + size)
    at = line + 4 + size
  }
}
