import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { Readable } from 'node:stream'
import aws4 from 'aws4'
import { AwsError } from '../../../aws/index.ts'
import type { EngineAddress } from './engine-address.ts'
import type { EngineRequest } from './engine-request.ts'

/** What the engine answered. */
export interface EngineReply {
  readonly status: number
  /** Without what belongs to the connection. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** A header by its lower-case name. */
  header(name: string): string | undefined
  readonly body: IncomingMessage
}

/** An S3-compatible engine that keeps the objects. */
export interface Engine {
  /** Sends a request signed with the engine's credentials; rejects with an AwsError where nobody answers. */
  send(request: EngineRequest): Promise<EngineReply>
  close(): void
}

/** What may be asked twice: a change whose answer was lost may have been done. */
const reads: ReadonlySet<string> = new Set(['GET', 'HEAD'])

const hops: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'trailer',
  'upgrade',
])

/** Node writes headers as Latin-1; what is signed is their UTF-8. */
const wireText = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

function replyOf(message: IncomingMessage): EngineReply {
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = message.rawHeaders.slice(at, at + 2)
    if (!hops.has(name.toLowerCase())) headers.push([name, value])
  }
  return {
    status: message.statusCode ?? 502,
    headers,
    header(name) {
      const value = message.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body: message,
  }
}

/** Connects to an engine: connections are kept, bodies flow through with back-pressure. */
export function openEngine({ origin, region, ...credentials }: EngineAddress): Engine {
  const secure = origin.protocol === 'https:'
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  const start = secure ? secureRequest : request

  function signed({ method, path, headers, body }: EngineRequest): Record<string, string> {
    const { headers: all = {} } = aws4.sign(
      {
        host: origin.host,
        method,
        path,
        headers: { ...headers },
        // aws4 hashes bytes as they are; only its types know texts alone.
        ...(body instanceof Uint8Array && body.length > 0 ? { body: body as unknown as string } : {}),
        service: 's3',
        region,
      },
      credentials,
    )
    return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, wireText(String(value))]))
  }

  function unreachable(cause: unknown): AwsError {
    const why = cause instanceof Error ? cause.message : String(cause)
    return new AwsError('ServiceUnavailable', `The S3 engine at ${origin.origin} did not answer: ${why}`, {
      statusCode: 503,
      cause,
    })
  }

  function once(
    asked: EngineRequest,
  ): Promise<{ reply: EngineReply } | { failure: unknown; stale: boolean }> {
    return new Promise((resolve, reject) => {
      const options: RequestOptions = {
        method: asked.method,
        path: asked.path,
        headers: signed(asked),
        // What completes or deletes gets a connection of its own: none that the engine may just have closed.
        agent: asked.method === 'POST' ? false : agent,
      }
      const outgoing = start(origin, options, message => resolve({ reply: replyOf(message) }))
      outgoing.on('error', failure => {
        // The engine may have closed a connection that was kept, just as it was used again.
        resolve({ failure, stale: outgoing.reusedSocket && reads.has(asked.method) })
      })
      if (!(asked.body instanceof Readable)) {
        outgoing.end(asked.body)
        return
      }
      const { body } = asked
      // What is wrong with the body is the client's fault, and the engine must not take half for the whole.
      body.on('error', error => {
        reject(error)
        outgoing.destroy()
      })
      body.on('close', () => {
        if (!body.readableEnded) outgoing.destroy(new Error('the client went away'))
      })
      // An answer that comes before the body's end is the answer; the rest is read and thrown away.
      outgoing.on('close', () => {
        body.unpipe(outgoing)
        body.resume()
      })
      body.pipe(outgoing)
    })
  }

  return {
    async send(asked) {
      const first = await once(asked)
      const last = 'stale' in first && first.stale ? await once(asked) : first
      if ('reply' in last) return last.reply
      throw unreachable(last.failure)
    },
    close: () => agent.destroy(),
  }
}
