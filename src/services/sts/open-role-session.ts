import type { AssumedRoleUser, Credentials } from '@aws-sdk/client-sts'
import {
  openSession,
  type RoleRecord,
  type RoleSession,
  rolePrincipal,
  type SessionRecord,
} from '../../aws/index.ts'
import { validationError } from './errors.ts'
import type { StsContext } from './state.ts'

/** Gives out a role's credentials; the two members that all AssumeRole… answers have. */
export async function openRoleSession(
  context: StsContext,
  role: RoleRecord,
  durationSeconds: number | undefined,
  session: Omit<RoleSession, 'accessKeyId'>,
): Promise<{ Credentials: Credentials; AssumedRoleUser: AssumedRoleUser }> {
  const duration = durationSeconds ?? 3600
  if (duration > role.maxSessionDuration)
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  const opened = await openSession(
    context.state.store,
    { ids: context.state.ids, clock: { now: () => context.now } },
    {
      account: role.arn.split(':')[4] ?? context.account,
      durationSeconds: duration,
      principal: accessKeyId => rolePrincipal(role, { ...session, accessKeyId }),
    },
  )
  const { arn, userId } = opened.principal
  return { Credentials: credentialsShape(opened), AssumedRoleUser: { AssumedRoleId: userId, Arn: arn } }
}

/** `Credentials` as all of STS's answers have them. */
export function credentialsShape(session: SessionRecord): Credentials {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken,
    Expiration: new Date(session.expiration),
  }
}
