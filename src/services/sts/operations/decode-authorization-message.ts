import type {
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse,
} from '@aws-sdk/client-sts'
import { AwsError, decodeAuthorizationMessage } from '../../../aws/index.ts'
import type { Operation } from '../state.ts'

/** Tells what stands in the encoded message of a refusal. https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html */
export const DecodeAuthorizationMessage: Operation<
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse
> = (_context, input) => {
  const message = decodeAuthorizationMessage(input.EncodedMessage ?? '')
  if (message === undefined)
    throw new AwsError('InvalidAuthorizationMessageException', 'Message is not valid', { statusCode: 400 })
  return { DecodedMessage: message }
}
