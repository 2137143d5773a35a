import { createHash } from 'node:crypto'
import { AwsError } from '../aws-error.ts'

/** What the parser of `aws-chunked` bodies tells of what it finds. */
export interface ChunkEvents {
  data(bytes: Uint8Array): void
  /** A chunk is complete (the last one is empty); its hash is given where chunks are signed. */
  chunk(signature: string | undefined, sha256: string): void
  /** All trailing lines are read. */
  trailers(headers: Readonly<Record<string, string>>, signature: string | undefined): void
}

/** A parser that is fed bytes as they come. */
export interface ChunkParser {
  push(bytes: Uint8Array): void
  /** Says that no more comes; throws where the framing is not complete. */
  end(): void
}

const longestLine = 16_384

/**
 * Takes `aws-chunked` framing apart: `size[;chunk-signature=…]CRLF data CRLF … 0[;…]CRLF [name:value CRLF …] CRLF`.
 * It is framing, never content. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function createChunkParser(signed: boolean, events: ChunkEvents): ChunkParser {
  let expects: 'size' | 'data' | 'data-end' | 'trailer' | 'nothing' = 'size'
  let line = ''
  let left = 0
  let signature: string | undefined
  let hash = createHash('sha256')
  let trailerSignature: string | undefined
  const trailers: Record<string, string> = Object.create(null)

  const finishChunk = () => {
    events.chunk(signature, signed ? hash.digest('hex') : '')
    hash = createHash('sha256')
  }
  const sizeLine = (text: string) => {
    const match = /^([0-9a-fA-F]{1,12})(?:;\s*chunk-signature=([0-9a-fA-F*]+))?\s*$/.exec(text)
    if (match === null || (signed && match[2] === undefined)) throw malformed()
    left = Number.parseInt(match[1] as string, 16)
    signature = match[2]
    expects = left === 0 ? 'trailer' : 'data'
    if (left === 0) finishChunk()
  }
  const trailerLine = (text: string) => {
    if (text === '') {
      events.trailers(trailers, trailerSignature)
      expects = 'nothing'
      return
    }
    const colon = text.indexOf(':')
    if (colon < 1) throw malformedTrailer()
    const name = text.slice(0, colon).trim().toLowerCase()
    const value = text.slice(colon + 1).trim()
    if (name === 'x-amz-trailer-signature') trailerSignature = value
    else if (name in trailers) throw malformedTrailer()
    else trailers[name] = value
  }
  const endOfLine = (text: string) => {
    if (expects === 'size') sizeLine(text)
    else if (expects === 'trailer') trailerLine(text)
    else if (text !== '') throw malformed()
    else {
      finishChunk()
      expects = 'size'
    }
  }

  return {
    push(bytes) {
      let at = 0
      while (at < bytes.length) {
        if (expects === 'nothing') throw malformed()
        if (expects === 'data') {
          const part = bytes.subarray(at, at + left)
          if (signed) hash.update(part)
          events.data(part)
          at += part.length
          left -= part.length
          if (left === 0) expects = 'data-end'
          continue
        }
        const newline = bytes.indexOf(10, at)
        const end = newline < 0 ? bytes.length : newline
        line += Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('latin1')
        if (line.length > longestLine) throw malformed()
        at = end + 1
        if (newline < 0) continue
        const text = line.endsWith('\r') ? line.slice(0, -1) : line
        line = ''
        endOfLine(text)
      }
    },
    end() {
      // Some clients leave out the very last CRLF: an empty list of trailers ends with the body, too.
      if (expects === 'trailer' && line === '') trailerLine('')
      if (expects !== 'nothing') throw incompleteBody()
    },
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function incompleteBody(): AwsError {
  return new AwsError('IncompleteBody', 'The request body terminated unexpectedly', { statusCode: 400 })
}

function malformed(): AwsError {
  return new AwsError('InvalidRequest', 'The body is not well-formed aws-chunked content.', {
    statusCode: 400,
  })
}

function malformedTrailer(): AwsError {
  return new AwsError(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    { statusCode: 400 },
  )
}
