import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import { openSession } from '../../../aws/index.ts'
import { accessDenied } from '../errors.ts'
import { takeMfa } from '../mfa.ts'
import { credentialsShape } from '../open-role-session.ts'
import type { Operation } from '../state.ts'

/** Twelve hours, for the owner one: the longest that the owner may have. */
const usual = { user: 43_200, root: 3600 }

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const GetSessionToken: Operation<GetSessionTokenRequest, GetSessionTokenResponse> = async (
  context,
  input,
) => {
  const { principal, state, now } = context
  if ((principal.kind !== 'user' && principal.kind !== 'root') || principal.accessKeyId?.startsWith('ASIA'))
    throw accessDenied('Cannot call GetSessionToken with session credentials')
  const withMfa = await takeMfa(context, input)
  const wanted = input.DurationSeconds ?? usual[principal.kind]
  const session = await openSession(
    state.store,
    { ids: state.ids, clock: { now: () => now } },
    {
      account: principal.account,
      durationSeconds: principal.kind === 'root' ? Math.min(wanted, usual.root) : wanted,
      principal: accessKeyId => ({
        ...principal,
        accessKeyId,
        sessionContext: { ...principal.sessionContext, 'aws:MultiFactorAuthPresent': String(withMfa) },
      }),
    },
  )
  return { Credentials: credentialsShape(session) }
}
