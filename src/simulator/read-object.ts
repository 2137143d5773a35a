import { AwsError } from '../aws/index.ts'
import type { ReadObject } from '../services/index.ts'
import type { Root } from './call-as-root.ts'

/** Reads packages of code out of this simulator's own buckets. */
export function objectReader(root: Root): ReadObject {
  return async ({ bucket, key, version }) => {
    if (!root.implements('s3', 'GetObject'))
      throw new AwsError('NotImplemented', 'Lambdarium has no S3 yet; give the code as ZipFile.')
    const input = { Bucket: bucket, Key: key, ...(version !== undefined && { VersionId: version }) }
    const { Body } = (await root.call('s3', 'GetObject', input)) as {
      readonly Body?: AsyncIterable<Uint8Array> | Uint8Array
    }
    if (Body instanceof Uint8Array) return Body
    const chunks: Uint8Array[] = []
    for await (const chunk of Body ?? []) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
}
