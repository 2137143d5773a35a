import { type Readable, Transform } from 'node:stream'
import { createDigest } from '../checksums/algorithm.ts'
import { checksumPlan } from '../checksums/checksum-plan.ts'
import { badChecksum } from '../errors.ts'
import type { S3Context } from '../state.ts'

/**
 * Passes a body on and keeps its last chunk back until the whole was found to be what was signed and summed: an engine
 * that has all bytes of an object keeps it, whatever we hear afterwards.
 */
export function verifiedBody(context: Pick<S3Context, 'http'>, source: Readable): Readable {
  const plan = checksumPlan(context)
  const digest = plan.algorithm === undefined ? undefined : createDigest(plan.algorithm)
  let last: Buffer | undefined
  const output = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest?.update(chunk)
      const before = last
      last = chunk
      done(null, before)
    },
    flush(done) {
      try {
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
