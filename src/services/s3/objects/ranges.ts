import { invalidRange } from '../errors.ts'

/** Which bytes of an object are meant: `from` inclusive, `to` exclusive. */
export interface ByteSpan {
  readonly from: number
  readonly to: number
}

/**
 * Reads a `Range` header: one range of bytes. Anything else, several ranges too, S3 ignores and sends everything.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
 */
export function parseRange(header: string | undefined, size: number): ByteSpan | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (header === undefined || match === null) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    if (length === 0) throw invalidRange(header, size)
    return { from: size - length, to: size }
  }
  const from = Number(first)
  if (last !== '' && Number(last) < from) return undefined
  if (from >= size) throw invalidRange(header, size)
  return { from, to: last === '' ? size : Math.min(Number(last) + 1, size) }
}
