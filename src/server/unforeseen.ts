import { AwsError, type ProtocolName } from '../aws/index.ts'
import { isDiskFull } from '../lib/index.ts'
import type { Logger } from '../ports/index.ts'

/** What is said of an error that no operation foresaw. */
export interface Unforeseen {
  readonly error: unknown
  readonly protocol: ProtocolName
  readonly names: { readonly service: string; readonly operation: string }
  readonly log: Logger
}

/**
 * The answer to an error that no operation foresaw: a disk without room is the machine's fault, and SDKs try again;
 * anything else is ours. https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html
 */
export function unforeseenError({ error, protocol, names, log }: Unforeseen): AwsError {
  if (isDiskFull(error)) {
    const message = 'The disk of the data folder takes no more; it may be full. Nothing was stored.'
    log.error({ err: error, ...names }, message)
    return new AwsError('ServiceUnavailable', message, { statusCode: 503, cause: error })
  }
  log.error({ err: error, ...names }, 'an operation failed because of a bug')
  const code = protocol === 'restXml' ? 'InternalError' : 'InternalFailure'
  return new AwsError(code, 'We encountered an internal error. Please try again.', {
    statusCode: 500,
    cause: error,
  })
}
