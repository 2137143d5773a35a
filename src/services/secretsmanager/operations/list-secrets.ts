import type { ListSecretsRequest, ListSecretsResponse } from '@aws-sdk/client-secrets-manager'
import { listedSecret } from '../describe.ts'
import { pageOfSecrets } from '../list-secrets-page.ts'
import { versionsOf } from '../stages.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
export const ListSecrets: Operation<ListSecretsRequest, ListSecretsResponse> = async (context, input) =>
  context.state.store.read(reader => {
    const { page, next } = pageOfSecrets(reader, context, input, input.MaxResults ?? 100)
    const SecretList = page.map(secret =>
      listedSecret(secret, versionsOf(reader, { scope: context, secret })),
    )
    return next === undefined ? { SecretList } : { SecretList, NextToken: next }
  })
