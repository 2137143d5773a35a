import type * as Iam from '@aws-sdk/client-iam'
import {
  anonymous,
  collectPolicies,
  conditionKeysOf,
  type Principal,
  roleOfArn,
  rolePrincipal,
  simulate,
  userPrincipal,
} from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { checkedDocument } from '../documents.ts'
import { required, roles, users } from '../entities.ts'
import { invalidInput } from '../errors.ts'
import { page } from '../pages.ts'
import { type IamContext, type Operation, read } from '../state.ts'

interface Subject {
  readonly principal: Principal
  readonly policies: readonly {
    readonly id: string
    readonly type: Iam.PolicySourceType
    readonly document: string
  }[]
  readonly boundary?: string
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html */
export const SimulateCustomPolicy: Operation<Iam.SimulateCustomPolicyRequest, Iam.SimulatePolicyResponse> = (
  context,
  input,
) => {
  const boundary = input.PermissionsBoundaryPolicyInputList?.[0]
  return simulateAll(input, {
    principal: subjectOf(context, input.CallerArn),
    policies: customPolicies(input.PolicyInputList),
    ...(boundary === undefined ? {} : { boundary: checkedDocument(boundary, 'identity') }),
  })
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html */
export const SimulatePrincipalPolicy: Operation<
  Iam.SimulatePrincipalPolicyRequest,
  Iam.SimulatePolicyResponse
> = (context, input) =>
  read(context, reader => {
    const { principal, documents, boundary } = policySource(reader, context, input.PolicySourceArn ?? '')
    const given = input.PermissionsBoundaryPolicyInputList?.[0] ?? boundary
    const attached = documents.map((document, at) => ({
      id: `PolicySource.${at + 1}`,
      type: 'IAM Policy' as Iam.PolicySourceType,
      document,
    }))
    return simulateAll(input, {
      principal,
      policies: [...attached, ...customPolicies(input.PolicyInputList)],
      ...(given === undefined ? {} : { boundary: given }),
    })
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html */
export const GetContextKeysForCustomPolicy: Operation<
  Iam.GetContextKeysForCustomPolicyRequest,
  Iam.GetContextKeysForPolicyResponse
> = (_context, input) => ({
  ContextKeyNames: keysOf((input.PolicyInputList ?? []).map(text => checkedDocument(text, 'identity'))),
})

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html */
export const GetContextKeysForPrincipalPolicy: Operation<
  Iam.GetContextKeysForPrincipalPolicyRequest,
  Iam.GetContextKeysForPolicyResponse
> = (context, input) =>
  read(context, reader => {
    const { documents } = policySource(reader, context, input.PolicySourceArn ?? '')
    return { ContextKeyNames: keysOf([...documents, ...(input.PolicyInputList ?? [])]) }
  })

function keysOf(documents: readonly string[]): string[] {
  return [...new Set(documents.flatMap(conditionKeysOf))]
}

function customPolicies(texts: readonly string[] | undefined): Subject['policies'] {
  return (texts ?? []).map((text, at) => ({
    id: `PolicyInputList.${at + 1}`,
    type: 'IAM Policy' as Iam.PolicySourceType,
    document: checkedDocument(text, 'identity'),
  }))
}

function simulateAll(
  input: Iam.SimulateCustomPolicyRequest | Iam.SimulatePrincipalPolicyRequest,
  subject: Subject,
): Iam.SimulatePolicyResponse {
  const context = Object.fromEntries(
    (input.ContextEntries ?? []).map(entry => [entry.ContextKeyName ?? '', entry.ContextKeyValues ?? []]),
  )
  const resources =
    input.ResourceArns === undefined || input.ResourceArns.length === 0 ? ['*'] : input.ResourceArns
  const results = (input.ActionNames ?? []).flatMap(action =>
    resources.map((resource): Iam.EvaluationResult => {
      const { decision, matched, allowedByBoundary } = simulate({
        principal: subject.principal,
        action,
        resource,
        identity: subject.policies,
        context,
        ...(subject.boundary === undefined ? {} : { boundary: subject.boundary }),
        ...(input.ResourcePolicy === undefined ? {} : { resourcePolicy: input.ResourcePolicy }),
      })
      const missing = keysOf(subject.policies.map(policy => policy.document)).filter(key => !(key in context))
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decision,
        MatchedStatements: matched.map(id => ({
          SourcePolicyId: id,
          SourcePolicyType: 'IAM Policy' as never,
        })),
        MissingContextValues: missing,
        ...(allowedByBoundary === undefined
          ? {}
          : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allowedByBoundary } }),
      }
    }),
  )
  const { items, ...rest } = page(
    results,
    result => `${result.EvalActionName} ${result.EvalResourceName}`,
    input,
  )
  return { EvaluationResults: items, ...rest }
}

/** Who is simulated, of an ARN alone. */
function subjectOf({ principal, account }: IamContext, arn: string | undefined): Principal {
  if (arn === undefined)
    return principal.kind === 'root' ? { ...anonymous, kind: 'user', account } : principal
  return { ...anonymous, kind: 'user', account, arn, userId: arn }
}

function policySource(
  reader: Reader,
  context: IamContext,
  arn: string,
): { readonly principal: Principal; readonly documents: readonly string[]; readonly boundary?: string } {
  const { name } = roleOfArn(arn)
  const kind = /^arn:aws:iam::\d{12}:(user|role|group)\//.exec(arn)?.[1]
  if (kind === 'group') throw invalidInput('A group is no principal; simulate one of its users.')
  if (kind === undefined)
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`)
  const principal =
    kind === 'user'
      ? userPrincipal(context.account, required(users, reader, context, name))
      : rolePrincipal(required(roles, reader, context, name), { sessionName: 'simulated', accessKeyId: '' })
  const { identity, boundary } = collectPolicies(reader, principal)
  return { principal, documents: identity, ...(boundary === undefined ? {} : { boundary }) }
}
