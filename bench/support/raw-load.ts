import { connect, type Socket } from 'node:net'

/** What a raw load found. */
export interface RawLoad {
  readonly requests: number
  readonly seconds: number
  /** Answers whose status was not 200. */
  readonly failures: number
}

/**
 * Sends prepared HTTP/1.1 requests over kept-alive connections, one at a time on each, and reads no more of the answers
 * than where they end: so the generator costs little beside the server.
 */
export async function sendRaw(
  base: string,
  requests: readonly Buffer[],
  connections: number,
  count: number,
): Promise<RawLoad> {
  const { hostname, port } = new URL(base)
  let [sent, failures] = [0, 0]
  const begun = performance.now()
  const drive = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let missing = -1
      let head = ''
      const next = (): void => {
        if (sent >= count) {
          socket.end()
          resolve()
          return
        }
        missing = -1
        head = ''
        const request = requests[sent++ % requests.length]
        if (request !== undefined) socket.write(request)
      }
      socket.on('data', chunk => {
        if (missing < 0) {
          head += chunk.toString('latin1')
          const end = head.indexOf('\r\n\r\n')
          if (end < 0) return
          if (!head.startsWith('HTTP/1.1 200')) failures++
          const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head.slice(0, end + 2))?.[1] ?? Number.NaN)
          if (Number.isNaN(length)) {
            reject(new Error(`an answer without a length: ${head.slice(0, 300)}`))
            return
          }
          missing = length - (head.length - end - 4)
        } else missing -= chunk.length
        if (missing <= 0) next()
      })
      socket.on('error', reject)
      next()
    })
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname)
      socket.setNoDelay(true)
      await drive(socket)
    }),
  )
  return { requests: count, seconds: (performance.now() - begun) / 1000, failures }
}
