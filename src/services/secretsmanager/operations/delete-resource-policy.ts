import type {
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse,
} from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html */
export const DeleteResourcePolicy: Operation<
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse
> = async (context, input) =>
  changeSecret(
    context,
    input.SecretId,
    (_writer, { secret }) => {
      const { policy: _policy, ...kept } = secret
      return { secret: kept, result: { ARN: secret.arn, Name: secret.name } }
    },
    { replica: true },
  )
