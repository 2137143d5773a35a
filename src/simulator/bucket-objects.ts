import { Readable } from 'node:stream'
import type { Principal, ServiceHost } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import type { Ids } from '../ports/index.ts'
import type { BucketObjects } from '../services/index.ts'
import { callerAs } from './call-as-root.ts'

/** This simulator's buckets for services that keep objects there on a caller's behalf, by S3's own operations. */
export function bucketObjects(
  host: () => Pick<ServiceHost, 'call'>,
  config: Pick<Config, 'region'>,
  ids: Ids,
): BucketObjects {
  const call = (
    caller: Principal,
    operation: string,
    input: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<unknown> => callerAs(host(), caller, config.region, ids, headers)('s3', operation, input)
  return {
    async keys(caller, bucket, prefix) {
      const found: string[] = []
      let token: string | undefined
      do {
        const page = (await call(caller, 'ListObjectsV2', {
          Bucket: bucket,
          Prefix: prefix,
          ...(token !== undefined && { ContinuationToken: token }),
        })) as {
          readonly Contents?: readonly { readonly Key: string }[]
          readonly NextContinuationToken?: string
        }
        for (const { Key } of page.Contents ?? []) found.push(Key)
        token = page.NextContinuationToken
      } while (token !== undefined)
      return found
    },
    async get(caller, bucket, key) {
      const { Body } = (await call(caller, 'GetObject', { Bucket: bucket, Key: key })) as {
        readonly Body?: AsyncIterable<Uint8Array> | Uint8Array
      }
      if (Body instanceof Uint8Array) return Body
      const chunks: Uint8Array[] = []
      for await (const chunk of Body ?? []) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
    async put(caller, bucket, key, body) {
      const input = { Bucket: bucket, Key: key, Body: Readable.from([body]) }
      const headers = { 'content-length': String(body.byteLength) }
      const { ETag = '' } = (await call(caller, 'PutObject', input, headers)) as { readonly ETag?: string }
      return ETag.replaceAll('"', '')
    },
  }
}
