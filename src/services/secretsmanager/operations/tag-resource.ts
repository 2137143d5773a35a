import type { TagResourceRequest } from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import type { Operation } from '../state.ts'
import { withTags } from '../tags.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export const TagResource: Operation<TagResourceRequest, Record<string, never>> = async (context, input) =>
  changeSecret(context, input.SecretId, (_writer, { secret }) => ({
    secret: { ...secret, tags: withTags(secret.tags ?? {}, input.Tags) },
    result: {},
  }))
