import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as a backend saw it. */
export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly rawHeaders: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What a backend answers. */
export interface BackendAnswer {
  readonly status?: number
  readonly headers?: readonly string[]
  readonly body?: string | Buffer
}

/** Starts an HTTP server on a free port that answers what `answer` says and keeps what it saw; closed with the test. */
export async function startBackend(
  answer: (request: SeenRequest) => BackendAnswer | Promise<BackendAnswer>,
): Promise<{ readonly url: string; readonly seen: SeenRequest[] }> {
  const seen: SeenRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(request.headers)) headers[name] = [value].flat().join(', ')
    const one: SeenRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      rawHeaders: request.rawHeaders,
      headers,
      body: Buffer.concat(chunks),
    }
    seen.push(one)
    const { status = 200, headers: sent = [], body = '' } = await answer(one)
    const bytes = Buffer.from(body)
    response.writeHead(status, [...sent, 'Content-Length', String(bytes.length)])
    response.end(bytes)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}
