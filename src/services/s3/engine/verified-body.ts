import { type Readable, Transform } from 'node:stream'
import { createDigest } from '../checksums/algorithm.ts'
import { checksumPlan } from '../checksums/checksum-plan.ts'
import { badChecksum, incompleteBody } from '../errors.ts'
import { bodyLength } from '../objects/body-length.ts'
import type { S3Context } from '../state.ts'

/**
 * Passes a body on and keeps its last chunk back until the whole was found to be what was signed and summed: an engine
 * that has all bytes of an object keeps it, whatever we hear afterwards. Nor may it get more bytes than were announced:
 * it would take them for the next request on its connection.
 */
export function verifiedBody(context: Pick<S3Context, 'http'>, source: Readable): Readable {
  const plan = checksumPlan(context)
  const digest = plan.algorithm === undefined ? undefined : createDigest(plan.algorithm)
  const length = bodyLength(context.http.headers)
  let size = 0
  let last: Buffer | undefined
  const output = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (length !== undefined && size > Number(length)) return done(incompleteBody())
      digest?.update(chunk)
      const before = last
      last = chunk
      done(null, before)
    },
    flush(done) {
      try {
        if (length !== undefined && size !== Number(length)) throw incompleteBody()
        const expected = plan.expected()
        if (expected !== undefined && plan.algorithm !== undefined && expected !== digest?.value())
          throw badChecksum(plan.algorithm)
        done(null, last)
      } catch (error) {
        done(error as Error)
      }
    },
  })
  source.on('error', error => output.destroy(error))
  source.on('close', () => {
    if (!source.readableEnded) output.destroy(new Error('the client went away before its body was complete'))
  })
  return source.pipe(output)
}
