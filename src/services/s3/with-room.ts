import { AwsError } from '../../aws/index.ts'

/**
 * What a disk, or a user's share of it, says that takes no more: Node's codes, and lmdb's numbers of the same. lmdb calls a
 * write that was cut short an input/output error, 5.
 */
const full: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EIO', 28, 122, 5])

function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return full.has((error as NodeJS.ErrnoException).code) || isFull(error.cause)
}

/**
 * Runs what writes. A disk without room is the machine's fault, not ours: it is answered as S3 answers when it cannot
 * store, so that SDKs try again. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export async function withRoom<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (!isFull(error)) throw error
    const message = 'The disk of the data folder takes no more; it may be full. Nothing was stored.'
    throw new AwsError('ServiceUnavailable', message, { statusCode: 503, cause: error })
  }
}
