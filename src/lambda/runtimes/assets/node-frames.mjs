// The framed pipe between the simulator and a Node runtime: one byte of type, four bytes of length (little endian),
// the payload. Loaded on both sides, so that they cannot disagree.

/** Types of frames. The simulator sends the first two, the bootstrap all others. */
export const FRAME = Object.freeze({
  /** JSON: what the process becomes (environment, folders, handler). */
  INIT: 1,
  /** Four bytes of length, the head as JSON, the event. */
  INVOKE: 2,
  /** Ready for an event; four bytes: the most memory used so far, in KB; one byte: 1 when other work goes on. */
  NEXT: 10,
  RESPONSE: 11,
  /** JSON `{errorType, errorMessage, trace}` of an invocation. */
  ERROR: 12,
  /** The same of a handler that could not be loaded. */
  INIT_ERROR: 13,
  /** The content type; what follows is written as it is made. */
  STREAM_START: 14,
  STREAM_CHUNK: 15,
  /** Empty, or the error that ended the stream. */
  STREAM_END: 16,
  /** Four bytes: the code given to `process.exit`. */
  EXIT: 17,
})

export const HEADER_LENGTH = 5

/**
 * Writes the five bytes in front of a payload to the beginning of `bytes`.
 * @param {Buffer} bytes
 * @param {number} type
 * @param {number} length
 */
export function writeFrameHeader(bytes, type, length) {
  bytes[0] = type
  bytes.writeUInt32LE(length, 1)
}

/**
 * @param {number} type
 * @param {number} length
 * @returns {Buffer} the five bytes in front of a payload
 */
export function frameHeader(type, length) {
  const header = Buffer.allocUnsafe(HEADER_LENGTH)
  writeFrameHeader(header, type, length)
  return header
}

/**
 * @param {number} type
 * @param {Uint8Array} [payload]
 * @returns {Buffer} a whole frame in one buffer: for small payloads
 */
export function frame(type, payload) {
  const length = payload?.length ?? 0
  const bytes = Buffer.allocUnsafe(HEADER_LENGTH + length)
  writeFrameHeader(bytes, type, length)
  if (payload) bytes.set(payload, HEADER_LENGTH)
  return bytes
}

/**
 * Puts frames together again from the chunks of a stream.
 * @param {(type: number, payload: Buffer) => void} onFrame
 * @returns {(chunk: Buffer) => void}
 */
export function frameReader(onFrame) {
  /** @type {Buffer[]} */
  let parts = []
  let size = 0
  /** How many bytes are needed before anything can be done. */
  let wanted = HEADER_LENGTH
  return chunk => {
    parts.push(chunk)
    size += chunk.length
    if (size < wanted) return
    let bytes = parts.length === 1 ? chunk : Buffer.concat(parts, size)
    while (bytes.length >= HEADER_LENGTH) {
      const end = HEADER_LENGTH + bytes.readUInt32LE(1)
      if (bytes.length < end) break
      const type = bytes[0] ?? 0
      const payload = bytes.subarray(HEADER_LENGTH, end)
      bytes = bytes.subarray(end)
      onFrame(type, payload)
    }
    wanted = bytes.length < HEADER_LENGTH ? HEADER_LENGTH : HEADER_LENGTH + bytes.readUInt32LE(1)
    parts = bytes.length === 0 ? [] : [bytes]
    size = bytes.length
  }
}
