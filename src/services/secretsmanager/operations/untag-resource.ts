import type { UntagResourceRequest } from '@aws-sdk/client-secrets-manager'
import { changeSecret } from '../change-secret.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
export const UntagResource: Operation<UntagResourceRequest, Record<string, never>> = async (context, input) =>
  changeSecret(context, input.SecretId, (_writer, { secret }) => {
    const kept = Object.entries(secret.tags ?? {}).filter(([key]) => !input.TagKeys?.includes(key))
    return { secret: { ...secret, tags: Object.fromEntries(kept) }, result: {} }
  })
