import { createHash } from 'node:crypto'
import type {
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
  ObjectIdentifier,
} from '@aws-sdk/client-s3'
import { escapeXml, Forwarded } from '../../../aws/index.ts'
import { refusedDeletions } from '../access/refused-deletions.ts'
import { malformedXml, notImplementedByEngine } from '../errors.ts'
import type { Operation, S3Context } from '../state.ts'
import { elements, elementText } from './small-reply.ts'

type Output = Omit<DeleteObjectsCommandOutput, '$metadata'>

/**
 * DeleteObjects on an engine, which does not know our callers: it is asked for the keys alone that the policies allow,
 * and each of the others is answered for itself, as S3 does.
 */
export function deleteSome(
  forward: Operation<DeleteObjectsCommandInput, Forwarded>,
): Operation<DeleteObjectsCommandInput, Output | Forwarded> {
  return async (context, input) => {
    const objects = input.Delete?.Objects ?? []
    if (objects.length === 0 || objects.length > 1000) throw malformedXml()
    const refused = await refusedDeletions(context, input, objects)
    if (refused.size === 0) return await forward(context, input)
    const Errors = Array.from(refused, ([index, { code, message }]) => {
      const { Key, VersionId } = objects[index] ?? {}
      return { Key, ...(VersionId === undefined ? {} : { VersionId }), Code: code, Message: message }
    })
    if (refused.size === objects.length) return { Errors }
    const Objects = objects.filter((_, index) => !refused.has(index))
    const { reply } = await forward(asking(context, Objects, input.Delete?.Quiet ?? false), {
      ...input,
      Delete: { ...input.Delete, Objects },
    })
    const document = reply.body instanceof Uint8Array ? Buffer.from(reply.body).toString() : ''
    if (!/<DeleteResult[\s/>]/.test(document)) return new Forwarded(reply)
    return {
      Deleted: elements(document, 'Deleted').map(deletedOf),
      Errors: [...elements(document, 'Error').map(errorOf), ...Errors],
    }
  }
}

function deletedOf(element: string) {
  const VersionId = elementText(element, 'VersionId')
  const DeleteMarkerVersionId = elementText(element, 'DeleteMarkerVersionId')
  return {
    Key: elementText(element, 'Key'),
    ...(VersionId === undefined ? {} : { VersionId }),
    ...(elementText(element, 'DeleteMarker') === 'true' ? { DeleteMarker: true } : {}),
    ...(DeleteMarkerVersionId === undefined ? {} : { DeleteMarkerVersionId }),
  }
}

function errorOf(element: string) {
  const VersionId = elementText(element, 'VersionId')
  return {
    Key: elementText(element, 'Key'),
    ...(VersionId === undefined ? {} : { VersionId }),
    Code: elementText(element, 'Code'),
    Message: elementText(element, 'Message'),
  }
}

/** The request for some of its objects: their document is written anew, so that it holds nothing but them. */
function asking(context: S3Context, objects: readonly ObjectIdentifier[], quiet: boolean): S3Context {
  const { wire } = context.http
  if (wire === undefined) throw notImplementedByEngine('DeleteObjects')
  const body = Buffer.from(
    `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${objects.map(objectElement).join('')}${quiet ? '<Quiet>true</Quiet>' : ''}</Delete>`,
  )
  const sums = /^(?:content-md5$|x-amz-checksum-|x-amz-sdk-checksum-|x-amz-content-sha256$)/
  const kept = Object.entries(wire.headers).filter(([name]) => !sums.test(name))
  const headers = {
    ...Object.fromEntries(kept),
    'content-md5': createHash('md5').update(body).digest('base64'),
  }
  return { ...context, http: { ...context.http, wire: { ...wire, headers, body } } }
}

function objectElement({ Key, VersionId, ETag, LastModifiedTime, Size }: ObjectIdentifier): string {
  const members = { Key, VersionId, ETag, LastModifiedTime: LastModifiedTime?.toUTCString(), Size }
  const inner = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [`<${name}>${escapeXml(String(value))}</${name}>`],
  )
  return `<Object>${inner.join('')}</Object>`
}
