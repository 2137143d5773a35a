import { crc32 } from 'node:zlib'

/** The type of an HTTP body that is a sequence of framed events. */
export const eventStreamType = 'application/vnd.amazon.eventstream'

/** One event: headers (all of them strings here) and a payload. */
export interface EventMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly payload: Uint8Array
}

const stringType = 7
/** Total length, headers' length and their checksum. */
const preludeLength = 12

/**
 * Frames one event: lengths, checksum of the lengths, headers, payload, checksum of it all
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html).
 */
export function encodeEvent(message: EventMessage): Uint8Array {
  const headers: Buffer[] = []
  for (const [name, value] of Object.entries(message.headers)) {
    const nameBytes = Buffer.from(name, 'utf8')
    const valueBytes = Buffer.from(value, 'utf8')
    const head = Buffer.from([stringType, valueBytes.length >> 8, valueBytes.length & 0xff])
    headers.push(Buffer.from([nameBytes.length]), nameBytes, head, valueBytes)
  }
  const headerBytes = Buffer.concat(headers)
  const total = preludeLength + headerBytes.length + message.payload.length + 4
  const frame = Buffer.alloc(total)
  frame.writeUInt32BE(total, 0)
  frame.writeUInt32BE(headerBytes.length, 4)
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8)
  headerBytes.copy(frame, preludeLength)
  frame.set(message.payload, preludeLength + headerBytes.length)
  frame.writeUInt32BE(crc32(frame.subarray(0, total - 4)), total - 4)
  return frame
}

/** Takes one frame apart; throws where a length or a checksum is wrong. */
export function decodeEvent(bytes: Uint8Array): EventMessage {
  const frame = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (frame.length < preludeLength + 4 || frame.readUInt32BE(0) !== frame.length)
    throw new RangeError('the event is not as long as it says')
  if (crc32(frame.subarray(0, 8)) !== frame.readUInt32BE(8))
    throw new RangeError('the prelude does not match its checksum')
  if (crc32(frame.subarray(0, -4)) !== frame.readUInt32BE(frame.length - 4))
    throw new RangeError('the event does not match its checksum')
  const end = preludeLength + frame.readUInt32BE(4)
  if (end > frame.length - 4) throw new RangeError('the headers are longer than the event')
  const headers: Record<string, string> = {}
  let at = preludeLength
  while (at < end) {
    const nameEnd = at + 1 + frame.readUInt8(at)
    const name = frame.toString('utf8', at + 1, nameEnd)
    if (frame.readUInt8(nameEnd) !== stringType) throw new RangeError(`the header ${name} is not a string`)
    const valueEnd = nameEnd + 3 + frame.readUInt16BE(nameEnd + 1)
    if (valueEnd > end) throw new RangeError(`the header ${name} is longer than the headers`)
    headers[name] = frame.toString('utf8', nameEnd + 3, valueEnd)
    at = valueEnd
  }
  return { headers, payload: frame.subarray(end, -4) }
}
