import type {
  ReplicateSecretToRegionsRequest,
  ReplicateSecretToRegionsResponse,
} from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import { replicationStatus, withReplicas } from '../replicas.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html */
export const ReplicateSecretToRegions: Operation<
  ReplicateSecretToRegionsRequest,
  ReplicateSecretToRegionsResponse
> = async (context, input) =>
  changeSecret(context, input.SecretId, (writer, located) => {
    const overwrite = input.ForceOverwriteReplicaSecret ?? false
    const secret = withReplicas(writer, located, input.AddReplicaRegions ?? [], overwrite)
    return { secret, result: { ARN: secret.arn, ReplicationStatus: replicationStatus(secret) } }
  })
