import type { AddPermissionRequest } from '@aws-sdk/client-lambda'
import type { Reader } from '../../stores/index.ts'
import { aliasNotFound, functionNotFound, invalidParameter } from './errors.ts'
import { findVersion, getLatest } from './find.ts'
import { arnOf, isVersion, keyOf, latest, type Reference } from './names.ts'
import { aliases, type LambdaState, type PolicyRecord, policies } from './state.ts'

/** A policy as GetPolicy prints it. */
export function policyText({ statements }: PolicyRecord): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })
}

function principalOf(principal: string): unknown {
  if (principal === '*') return '*'
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` }
  if (principal.startsWith('arn:')) return { AWS: principal }
  if (/^[\w.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/.test(principal))
    return { Service: principal }
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.')
}

/** The statement that AddPermission makes, its members in AWS's order. */
export function statementOf(input: AddPermissionRequest, resource: string): Record<string, unknown> {
  const equals = {
    ...(input.SourceAccount !== undefined && { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.EventSourceToken !== undefined && { 'lambda:EventSourceToken': input.EventSourceToken }),
    ...(input.FunctionUrlAuthType !== undefined && {
      'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType,
    }),
    ...(input.PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
  }
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(input.SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.InvokedViaFunctionUrl && { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }),
  }
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    // Alexa's skills have a principal of their own that AWS turns into everybody with a token.
    Principal: input.Principal === 'alexa-appkit.amazon.com' ? '*' : principalOf(input.Principal ?? ''),
    Action: input.Action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }
}

/** Policies belong to a function, a version or an alias, but never to `$LATEST`. */
export function checkPolicyHolder(reader: Reader, { host }: LambdaState, reference: Reference): void {
  const { qualifier } = reference
  if (qualifier === latest) throw invalidParameter('We currently do not support adding policies for $LATEST.')
  getLatest(reader, host, reference)
  if (qualifier === undefined) return
  if (
    !isVersion(qualifier) &&
    !qualifier.includes('$') &&
    !aliases.get(reader, ...keyOf(reference), qualifier)
  )
    throw aliasNotFound(arnOf(reference))
  if (findVersion(reader, host, reference) === undefined) throw functionNotFound(arnOf(reference))
}

/** What a RevisionId is compared with: the policy's, or the holder's where there is no policy yet. */
export function policyRevision(
  reader: Reader,
  { host }: LambdaState,
  reference: Reference,
): string | undefined {
  const { qualifier = latest } = reference
  const alias = isVersion(qualifier) ? undefined : aliases.get(reader, ...keyOf(reference), qualifier)
  const holder = alias ?? findVersion(reader, host, reference)
  return policyOf(reader, reference)?.revision ?? holder?.revision
}

/** The policy of a function, version or alias. */
export function policyOf(reader: Reader, reference: Reference): PolicyRecord | undefined {
  return policies.get(reader, ...keyOf(reference), reference.qualifier ?? '')
}
