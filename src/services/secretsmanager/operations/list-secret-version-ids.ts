import type {
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse,
} from '@aws-sdk/client-secrets-manager'
import { invalidNextToken } from '../errors.ts'
import { locateSecret } from '../secret-ids.ts'
import { versionsOf } from '../stages.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html */
export const ListSecretVersionIds: Operation<
  ListSecretVersionIdsRequest,
  ListSecretVersionIdsResponse
> = async (context, input) => {
  const after = Number(input.NextToken || 0)
  if (!Number.isInteger(after) || after < 0) throw invalidNextToken()
  const limit = input.MaxResults ?? 100
  return context.state.store.read(reader => {
    const located = locateSecret(reader, input.SecretId, context)
    const { arn, name, kmsKeyId = 'DefaultEncryptionKey' } = located.secret
    const all = versionsOf(reader, located).filter(
      ({ stages, sequence }) => (stages.length > 0 || input.IncludeDeprecated) && sequence > after,
    )
    const page = all.slice(0, limit)
    const Versions = page.map(({ id, created, accessed, stages }) => ({
      VersionId: id,
      ...(stages.length === 0 ? {} : { VersionStages: [...stages] }),
      ...(accessed === undefined ? {} : { LastAccessedDate: new Date(accessed) }),
      CreatedDate: new Date(created),
      KmsKeyIds: [kmsKeyId],
    }))
    const last = all.length > limit ? page.at(-1) : undefined
    return {
      Versions,
      ...(last === undefined ? {} : { NextToken: String(last.sequence) }),
      ARN: arn,
      Name: name,
    }
  })
}
