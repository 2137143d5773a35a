import type { ReplicationStatusType } from '@aws-sdk/client-secrets-manager'
import type { Writer } from '../../stores/index.ts'
import { invalidRequest } from './errors.ts'
import { arnBase, type Located } from './secret-ids.ts'
import { type Scope, type SecretRecord, secrets, versions } from './state.ts'

/** The replica's ARN: the primary's with another region. */
const arnIn = (scope: Scope, { arn, name }: SecretRecord): string => `${arnBase(scope, name)}${arn.slice(-7)}`

/** Copies a secret and its versions to the regions that follow it. */
export function syncReplicas(writer: Writer, { scope, secret }: Located): void {
  for (const { region, kmsKeyId } of secret.replicas) {
    const { kmsKeyId: _own, policy: _policy, accessed: _accessed, ...shared } = secret
    const there = { account: scope.account, region }
    const before = secrets.get(writer, scope.account, region, secret.name)
    const replica: SecretRecord = {
      ...shared,
      arn: arnIn(there, secret),
      primaryRegion: scope.region,
      replicas: [],
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      ...(before?.policy === undefined ? {} : { policy: before.policy }),
      ...(before?.accessed === undefined ? {} : { accessed: before.accessed }),
    }
    secrets.put(writer, replica, scope.account, region, secret.name)
    for (const [key] of versions.under(writer, scope.account, region, secret.name))
      versions.remove(writer, ...key)
    for (const [, version] of versions.under(writer, scope.account, scope.region, secret.name))
      versions.put(writer, version, scope.account, region, secret.name, version.id)
  }
}

/** Adds regions to a secret; a secret of the same name there is only overwritten when asked. */
export function withReplicas(
  writer: Writer,
  { scope, secret }: Located,
  added: readonly { readonly Region?: string | undefined; readonly KmsKeyId?: string | undefined }[],
  overwrite: boolean,
): SecretRecord {
  const regions = added.map(({ Region: region = '', KmsKeyId: kmsKeyId }) =>
    kmsKeyId === undefined ? { region } : { region, kmsKeyId },
  )
  for (const { region } of regions) {
    if (region === scope.region)
      throw invalidRequest(`Invalid replica region: ${region} is the primary secret's own region.`)
    const there = secrets.get(writer, scope.account, region, secret.name)
    const follows = secret.replicas.some(one => one.region === region)
    if (there !== undefined && !follows && !overwrite)
      throw invalidRequest(`A secret with the name ${secret.name} already exists in region ${region}.`)
  }
  const kept = secret.replicas.filter(one => !regions.some(({ region }) => region === one.region))
  return { ...secret, replicas: [...kept, ...regions] }
}

/** How the replicas are doing: here they always follow at once. */
export const replicationStatus = ({ replicas }: SecretRecord): ReplicationStatusType[] =>
  replicas.map(({ region, kmsKeyId }) => ({
    Region: region,
    KmsKeyId: kmsKeyId ?? 'alias/aws/secretsmanager',
    Status: 'InSync',
    StatusMessage: 'Replication succeeded',
  }))
