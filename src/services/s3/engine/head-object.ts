import { encodePath } from '../objects/object-key.ts'
import type { Engine } from './engine.ts'
import { engineRequest } from './engine-request.ts'
import { plainTag, smallReply } from './small-reply.ts'

/** What an engine says of an object. */
export interface HeadedObject {
  readonly status: number
  readonly size: number | undefined
  readonly eTag: string | undefined
  readonly versionId: string | undefined
  /** Whether the newest version is a delete marker. */
  readonly marker: boolean
  /** Milliseconds by the engine's own clock since it was written. */
  readonly age: number | undefined
}

const milliseconds = (date: string | undefined): number | undefined =>
  date === undefined || Number.isNaN(Date.parse(date)) ? undefined : Date.parse(date)

/** Asks an engine what an object is like now. */
export async function headObject(
  engine: Engine,
  bucket: string,
  key: string,
  version?: string,
): Promise<HeadedObject> {
  const path = `/${bucket}/${encodePath(key)}`
  const query = version === undefined ? [] : [['versionId', version] as const]
  const request = engineRequest({
    method: 'HEAD',
    path,
    query,
    headers: {},
    labels: {},
    body: new Uint8Array(0),
  })
  const { status, header } = await smallReply(await engine.send(request))
  const length = header('content-length')
  const present = milliseconds(header('date'))
  const modified = milliseconds(header('last-modified'))
  return {
    status,
    size: length === undefined ? undefined : Number(length),
    eTag: plainTag(header('etag')),
    versionId: header('x-amz-version-id'),
    marker: header('x-amz-delete-marker') === 'true',
    age: present === undefined || modified === undefined ? undefined : present - modified,
  }
}
