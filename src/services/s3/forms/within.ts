import { AwsError } from '../../../aws/index.ts'
import type { Bytes } from '../../../stores/index.ts'
import { entityTooLarge } from '../errors.ts'
import type { LengthRange } from './check-policy.ts'

/** Passes a file on and fails where it is longer or shorter than the policy says. */
export async function* within(
  file: AsyncIterable<Bytes>,
  range: LengthRange | undefined,
): AsyncIterable<Bytes> {
  let size = 0
  for await (const chunk of file) {
    size += chunk.length
    if (range !== undefined && size > range.to) throw entityTooLarge(size, range.to)
    yield chunk
  }
  if (range !== undefined && size < range.from)
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      statusCode: 400,
      detail: { ProposedSize: size, MinSizeAllowed: range.from },
    })
}
