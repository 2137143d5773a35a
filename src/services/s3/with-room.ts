import { AwsError } from '../../aws/index.ts'
import { isDiskFull } from '../../lib/index.ts'

/**
 * Runs what writes. A disk without room is the machine's fault, not ours: it is answered as S3 answers when it cannot
 * store, so that SDKs try again. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export async function withRoom<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (!isDiskFull(error)) throw error
    const message = 'The disk of the data folder takes no more; it may be full. Nothing was stored.'
    throw new AwsError('ServiceUnavailable', message, { statusCode: 503, cause: error })
  }
}
