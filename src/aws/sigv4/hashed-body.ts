import { createHash } from 'node:crypto'
import { type Readable, Transform } from 'node:stream'
import { incompleteBody } from './chunk-parser.ts'
import { payloadMismatch } from './s3-dialect.ts'

/** Passes a body on and fails at its end where its SHA-256 is not the one that was signed. */
export function verifyHashedStream(source: Readable, sha256: string): Readable {
  const hash = createHash('sha256')
  const output = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      hash.update(bytes)
      done(null, bytes)
    },
    flush(done) {
      const computed = hash.digest('hex')
      done(computed === sha256 ? null : payloadMismatch(sha256, computed))
    },
  })
  // An operation that refuses the request for another reason never listens.
  output.on('error', () => {})
  source.on('error', error => output.destroy(error))
  source.on('close', () => {
    if (!source.readableEnded) output.destroy(incompleteBody())
  })
  return source.pipe(output)
}
