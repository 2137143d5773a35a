import type { DescribeSecretRequest, DescribeSecretResponse } from '@aws-sdk/client-secrets-manager'
import { describedSecret } from '../describe.ts'
import { locateSecret } from '../secret-ids.ts'
import { versionsOf } from '../stages.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
export const DescribeSecret: Operation<DescribeSecretRequest, DescribeSecretResponse> = async (
  context,
  input,
) =>
  context.state.store.read(reader => {
    const located = locateSecret(reader, input.SecretId, context)
    return describedSecret(located.secret, versionsOf(reader, located), located.scope.region)
  })
