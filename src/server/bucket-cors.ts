import type { IncomingMessage } from 'node:http'
import {
  AwsError,
  createServiceWires,
  hostId,
  parseRequestUrl,
  type ServiceHost,
  s3Path,
  type WireReply,
} from '../aws/index.ts'
import type { Ids } from '../ports/index.ts'
import { headersOf } from './request-facts.ts'

type Headers = readonly (readonly [name: string, value: string])[]

/** Asks S3's buckets what pages of other origins may do; requests for other services are none of their business. */
export function createBucketCors(host: ServiceHost, ids: Ids) {
  const wires = createServiceWires()

  function questionOf(request: IncomingMessage, trusted: boolean) {
    const headers = headersOf(request)
    const asked = `${headers['access-control-request-headers'] ?? ''}`.toLowerCase()
    const other = /x-amz-target|smithy-protocol/.test(asked) || 'x-amz-target' in headers
    const path = s3Path(parseRequestUrl(request.url ?? '/').path, headers['host'])
    if (other || path === '/' || path.startsWith('/_')) return undefined
    return { method: request.method ?? 'GET', path, headers, trusted }
  }

  return {
    /** The headers that a bucket's rules add to an answer. */
    async headers(request: IncomingMessage, trusted: boolean): Promise<Headers | undefined> {
      const question = questionOf(request, trusted)
      return question === undefined ? undefined : await host.crossOrigin('s3', question)
    },
    /** The answer to a browser that asks first; undefined where no bucket has an opinion. */
    async preflight(request: IncomingMessage, trusted: boolean): Promise<WireReply | undefined> {
      const question = questionOf(request, trusted)
      if (question === undefined) return undefined
      const requestId = ids.token(16, '0123456789ABCDEF')
      try {
        const headers = await host.crossOrigin('s3', question)
        if (headers === undefined) return undefined
        const ids: Headers = [
          ['x-amz-request-id', requestId],
          ['x-amz-id-2', hostId(requestId)],
          ['Server', 'AmazonS3'],
        ]
        return { status: 200, headers: [...ids, ...headers], body: new Uint8Array(0) }
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        const context = { requestId, method: question.method, path: question.path }
        return wires('s3').codec('restXml').encodeError(error, context)
      }
    },
  }
}
