import type {
  StopReplicationToReplicaRequest,
  StopReplicationToReplicaResponse,
} from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import { invalidRequest } from '../errors.ts'
import { findSecret } from '../secret-ids.ts'
import { type Operation, secrets } from '../state.ts'

/** Makes a replica a secret of its own.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_StopReplicationToReplica.html */
export const StopReplicationToReplica: Operation<
  StopReplicationToReplicaRequest,
  StopReplicationToReplicaResponse
> = async (context, input) =>
  changeSecret(
    context,
    input.SecretId,
    (writer, { scope, secret }) => {
      const { primaryRegion, ...own } = secret
      if (primaryRegion === undefined) throw invalidRequest('The secret is not a replica secret.')
      const primary = findSecret(writer, secret.name, { account: scope.account, region: primaryRegion })
      if (primary !== undefined) {
        const replicas = primary.secret.replicas.filter(({ region }) => region !== scope.region)
        secrets.put(writer, { ...primary.secret, replicas }, scope.account, primaryRegion, secret.name)
      }
      return { secret: own, result: { ARN: own.arn } }
    },
    { replica: true },
  )
