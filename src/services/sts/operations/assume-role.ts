import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import { roleOfArn } from '../../../aws/index.ts'
import { mayNotAssume, validationError } from '../errors.ts'
import { takeMfa } from '../mfa.ts'
import { openRoleSession } from '../open-role-session.ts'
import { findRole } from '../roles.ts'
import { packedSize, sessionPolicies } from '../session-policies.ts'
import { sessionTags, transitiveContext } from '../session-tags.ts'
import type { Operation } from '../state.ts'

/**
 * Trust policy and the caller's own policies have agreed before this runs (see access.ts).
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const AssumeRole: Operation<AssumeRoleRequest, AssumeRoleResponse> = async (context, input) => {
  const arn = input.RoleArn ?? ''
  const { principal } = context
  const role = await findRole(context, arn)
  if (role === undefined) throw mayNotAssume(principal.arn, arn)
  if (principal.kind === 'assumed-role' && (input.DurationSeconds ?? 0) > 3600)
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    )
  await takeMfa(context, input)
  const { account } = roleOfArn(arn)
  const policies = await context.state.store.read(reader => sessionPolicies(reader, account, input))
  const tags = sessionTags(principal, input.Tags)
  const sourceIdentity = input.SourceIdentity ?? principal.sessionContext['aws:SourceIdentity']
  const answer = await openRoleSession(context, role, input.DurationSeconds, {
    sessionName: input.RoleSessionName ?? '',
    tags,
    sessionPolicies: policies,
    sessionContext: {
      ...transitiveContext(principal, input.TransitiveTagKeys),
      ...(sourceIdentity === undefined ? {} : { 'aws:SourceIdentity': sourceIdentity }),
    },
  })
  return {
    ...answer,
    ...packedSize(input, tags),
    ...(typeof sourceIdentity === 'string' ? { SourceIdentity: sourceIdentity } : {}),
  }
}
