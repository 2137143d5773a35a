import { describe, expect, test } from 'vitest'
import { startBackend } from './support/backend.ts'
import { serve } from './support/serve.ts'

const bytes = Buffer.from([0x89, 0x50, 0xff, 0x00, 0xfe])
const damaged = Buffer.from(bytes.toString('utf8'))

/** An HTTP proxy in front of a backend that answers `bytes` with the Content-Type that is asked for. */
async function proxy(binaryMediaTypes: readonly string[], headers: readonly string[] = []) {
  const backend = await startBackend(request => ({
    headers: ['Content-Type', new URL(request.url, 'http://x').searchParams.get('type') ?? '', ...headers],
    body: bytes,
  }))
  const served = await serve({
    files: {
      'swagger/api.json': {
        swagger: '2.0',
        info: { title: 'test', version: '1' },
        'x-amazon-apigateway-endpoint-configuration': { types: ['REGIONAL'] },
        'x-amazon-apigateway-binary-media-types': binaryMediaTypes,
        paths: {
          '/': {
            post: {
              responses: {},
              'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'POST', uri: backend.url },
            },
          },
        },
      },
    },
  })
  const ask = async (type: string, accept: string) => {
    const answer = await served.send({
      method: 'POST',
      path: `/test/?type=${encodeURIComponent(type)}`,
      headers: [
        ['Content-Type', type],
        ['Accept', accept],
      ],
      body: bytes,
    })
    return { sent: backend.seen.at(-1)?.body, received: answer.body }
  }
  return { ask, log: served.log }
}

describe('bodies of HTTP proxy integrations', () => {
  test('what binaryMediaTypes names passes both ways', async () => {
    const { ask, log } = await proxy(['image/png'])
    expect(await ask('image/png', 'image/png')).toEqual({ sent: bytes, received: bytes })
    expect(log).toEqual([])
  })

  test('everything passes where everything is binary', async () => {
    const { ask, log } = await proxy(['*/*'])
    expect(await ask('application/octet-stream', 'text/html')).toEqual({ sent: bytes, received: bytes })
    expect(log).toEqual([])
  })

  test('what it does not name is text, and the log says what that did', async () => {
    const { ask, log } = await proxy([])
    expect(await ask('image/png', 'image/png')).toEqual({ sent: damaged, received: damaged })
    const hint = '; API Gateway damages such a body, x-amazon-apigateway-binary-media-types lets it pass'
    expect(log.map(line => line.message)).toEqual([
      `the request's body is binary and image/png is not among binaryMediaTypes${hint}`,
      `the answer is binary and image/png is not among binaryMediaTypes${hint}`,
    ])
  })

  test('an answer that the client does not ask for as binary is base64', async () => {
    const { ask } = await proxy(['image/png'])
    const { received } = await ask('image/png', 'text/html, image/png')
    expect(received.toString()).toBe(bytes.toString('base64'))
  })

  test('a compressed answer stays as it is', async () => {
    const { ask } = await proxy([], ['Content-Encoding', 'gzip'])
    expect((await ask('text/plain', '*/*')).received).toEqual(bytes)
  })
})
