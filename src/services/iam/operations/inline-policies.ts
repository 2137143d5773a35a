import type * as Iam from '@aws-sdk/client-iam'
import type { PolicyHolder } from '../../../aws/index.ts'
import { checkedDocument, documentSize } from '../documents.ts'
import { change, type EntityKind, groups, required, roles, users } from '../entities.ts'
import { noSuchEntity, quotaReached } from '../errors.ts'
import { type PageInput, page } from '../pages.ts'
import { encodeDocument } from '../shapes.ts'
import { type Operation, read, write } from '../state.ts'

type Named<Member extends string> = Readonly<Partial<Record<Member, string | undefined>>>
interface PolicyInput {
  readonly PolicyName?: string | undefined
  readonly PolicyDocument?: string | undefined
}

/** Put…Policy: an inline policy of a user, group or role; a document of the same name is replaced. */
function put<Member extends string, Value extends PolicyHolder>(
  entity: EntityKind<Member, Value>,
): Operation<Named<Member> & PolicyInput, undefined> {
  return (context, input) => {
    const document = checkedDocument(input.PolicyDocument, 'identity')
    const name = input[entity.member] ?? ''
    return write(context, writer => {
      change(entity, writer, context, name, before => {
        const inlinePolicies = { ...before.inlinePolicies, [input.PolicyName ?? '']: document }
        const size = Object.values(inlinePolicies).reduce((sum, text) => sum + documentSize(text), 0)
        if (size > entity.inlineLimit)
          throw quotaReached(
            `Maximum policy size of ${entity.inlineLimit} bytes exceeded for ${entity.kind} ${name}`,
          )
        return { ...before, inlinePolicies }
      })
      return undefined
    })
  }
}

/** Get…Policy. */
function get<Member extends string, Value extends PolicyHolder>(entity: EntityKind<Member, Value>) {
  const operation: Operation<
    Named<Member> & PolicyInput,
    Record<Member, string> & { PolicyName: string; PolicyDocument: string }
  > = (context, input) => {
    const name = input[entity.member] ?? ''
    const policy = input.PolicyName ?? ''
    return read(context, reader => {
      const document = required(entity, reader, context, name).inlinePolicies[policy]
      if (document === undefined) throw missing(entity.kind, policy)
      return {
        [entity.member]: name,
        PolicyName: policy,
        PolicyDocument: encodeDocument(document),
      } as Record<Member, string> & { PolicyName: string; PolicyDocument: string }
    })
  }
  return operation
}

/** List…Policies: the names of the inline ones. */
function list<Member extends string, Value extends PolicyHolder>(
  entity: EntityKind<Member, Value>,
): Operation<Named<Member> & PageInput, Iam.ListUserPoliciesResponse> {
  return (context, input) =>
    read(context, reader => {
      const holder = required(entity, reader, context, input[entity.member] ?? '')
      const { items, ...rest } = page(Object.keys(holder.inlinePolicies).sort(), name => name, input)
      return { PolicyNames: items, ...rest }
    })
}

/** Delete…Policy. */
function remove<Member extends string, Value extends PolicyHolder>(
  entity: EntityKind<Member, Value>,
): Operation<Named<Member> & PolicyInput, undefined> {
  return (context, input) =>
    write(context, writer => {
      const policy = input.PolicyName ?? ''
      change(entity, writer, context, input[entity.member] ?? '', before => {
        const { [policy]: gone, ...inlinePolicies } = before.inlinePolicies
        if (gone === undefined) throw missing(entity.kind, policy)
        return { ...before, inlinePolicies }
      })
      return undefined
    })
}

function missing(kind: string, policy: string) {
  return noSuchEntity(`The ${kind} policy with name ${policy} cannot be found.`)
}

export const PutUserPolicy = put(users)
export const GetUserPolicy = get(users)
export const ListUserPolicies = list(users)
export const DeleteUserPolicy = remove(users)
export const PutGroupPolicy = put(groups)
export const GetGroupPolicy = get(groups)
export const ListGroupPolicies = list(groups)
export const DeleteGroupPolicy = remove(groups)
export const PutRolePolicy = put(roles)
export const GetRolePolicy = get(roles)
export const ListRolePolicies = list(roles)
export const DeleteRolePolicy = remove(roles)
