import type { GetFederationTokenRequest, GetFederationTokenResponse } from '@aws-sdk/client-sts'
import { openSession } from '../../../aws/index.ts'
import { accessDenied } from '../errors.ts'
import { credentialsShape } from '../open-role-session.ts'
import { packedSize, sessionPolicies } from '../session-policies.ts'
import { sessionTags } from '../session-tags.ts'
import type { Operation } from '../state.ts'

/** Without a policy the session may do nothing by itself: only a resource's policy can let it. */
const nothing = '{"Version":"2012-10-17","Statement":[]}'

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
export const GetFederationToken: Operation<GetFederationTokenRequest, GetFederationTokenResponse> = async (
  context,
  input,
) => {
  const { principal, state, now } = context
  if ((principal.kind !== 'user' && principal.kind !== 'root') || principal.accessKeyId?.startsWith('ASIA'))
    throw accessDenied('Cannot call GetFederationToken with session credentials')
  const { account } = principal
  const policies = await state.store.read(reader => sessionPolicies(reader, account, input))
  const tags = sessionTags(principal, input.Tags)
  const user = {
    Arn: `arn:aws:sts::${account}:federated-user/${input.Name}`,
    FederatedUserId: `${account}:${input.Name}`,
  }
  const session = await openSession(
    state.store,
    { ids: state.ids, clock: { now: () => now } },
    {
      account,
      durationSeconds: Math.min(input.DurationSeconds ?? 43_200, principal.kind === 'root' ? 3600 : 129_600),
      principal: accessKeyId => ({
        kind: 'federated-user',
        account,
        arn: user.Arn,
        userId: user.FederatedUserId,
        accessKeyId,
        issuerArn: principal.arn,
        tags,
        sessionContext: {},
        sessionPolicies: policies.length === 0 ? [nothing] : policies,
      }),
    },
  )
  return { Credentials: credentialsShape(session), FederatedUser: user, ...packedSize(input, tags) }
}
