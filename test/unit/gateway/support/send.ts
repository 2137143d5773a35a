import { request as httpRequest } from 'node:http'

/** A request exactly as it goes over the wire. */
export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: string | Buffer | undefined
}

/** An answer; `headers` by lower-case name, several values joined with a comma. */
export interface ReceivedAnswer {
  readonly status: number
  readonly rawHeaders: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly text: string
}

/** Sends one request on a connection of its own; nothing is added but Host, Content-Length and Connection. */
export function send(port: number, sent: SentRequest): Promise<ReceivedAnswer> {
  const body = Buffer.from(sent.body ?? '')
  const headers = (sent.headers ?? []).flat()
  const names = new Set(headers.filter((_, index) => index % 2 === 0).map(name => name.toLowerCase()))
  if (!names.has('connection')) headers.push('Connection', 'keep-alive')
  if (!names.has('host')) headers.push('Host', `127.0.0.1:${port}`)
  if (body.length > 0 && !names.has('transfer-encoding')) headers.push('Content-Length', String(body.length))
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method: sent.method,
        path: sent.path,
        headers: headers as never,
        agent: false,
        setHost: false,
      },
      async response => {
        const chunks: Buffer[] = []
        for await (const chunk of response) chunks.push(chunk as Buffer)
        const received = Buffer.concat(chunks)
        request.destroy()
        const joined: Record<string, string> = {}
        for (let index = 0; index < response.rawHeaders.length; index += 2) {
          const name = (response.rawHeaders[index] ?? '').toLowerCase()
          const value = response.rawHeaders[index + 1] ?? ''
          joined[name] = name in joined ? `${joined[name]}, ${value}` : value
        }
        resolve({
          status: response.statusCode ?? 0,
          rawHeaders: response.rawHeaders,
          headers: joined,
          body: received,
          text: received.toString('utf8'),
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
