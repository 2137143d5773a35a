import type {
  RemoveRegionsFromReplicationRequest,
  RemoveRegionsFromReplicationResponse,
} from '@aws-sdk/client-secrets-manager'
import { changeSecret, removeSecret } from '../change-secret.ts'
import { replicationStatus } from '../replicas.ts'
import { findSecret } from '../secret-ids.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RemoveRegionsFromReplication.html */
export const RemoveRegionsFromReplication: Operation<
  RemoveRegionsFromReplicationRequest,
  RemoveRegionsFromReplicationResponse
> = async (context, input) =>
  changeSecret(context, input.SecretId, (writer, { scope, secret: before }) => {
    const removed = new Set(input.RemoveReplicaRegions ?? [])
    for (const { region } of before.replicas.filter(one => removed.has(one.region))) {
      const replica = findSecret(writer, before.name, { account: scope.account, region })
      if (replica !== undefined) removeSecret(writer, replica)
    }
    const secret = { ...before, replicas: before.replicas.filter(one => !removed.has(one.region)) }
    return { secret, result: { ARN: secret.arn, ReplicationStatus: replicationStatus(secret) } }
  })
