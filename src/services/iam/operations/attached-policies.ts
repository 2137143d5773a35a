import type * as Iam from '@aws-sdk/client-iam'
import type { PolicyHolder } from '../../../aws/index.ts'
import { attachable, policyNameOf, policyPathOf } from '../attachable.ts'
import { change, type EntityKind, groups, required, roles, users } from '../entities.ts'
import { limitExceeded, policyNotFound } from '../errors.ts'
import { type PageInput, page } from '../pages.ts'
import { type Operation, read, write } from '../state.ts'

type Named<Member extends string> = Readonly<Partial<Record<Member, string | undefined>>>
type ArnInput = { readonly PolicyArn?: string | undefined }

const perEntity = 10

/** Attach…Policy: a managed policy; attaching twice does nothing. */
function attach<Member extends string, Value extends PolicyHolder>(
  entity: EntityKind<Member, Value>,
): Operation<Named<Member> & ArnInput, undefined> {
  return (context, input) =>
    write(context, writer => {
      const name = input[entity.member] ?? ''
      required(entity, writer, context, name)
      const arn = attachable(writer, context, input.PolicyArn ?? '')
      change(entity, writer, context, name, before => {
        if (before.attachedPolicies.includes(arn)) return before
        if (before.attachedPolicies.length >= perEntity) throw limitExceeded(entity.attachedQuota, perEntity)
        return { ...before, attachedPolicies: [...before.attachedPolicies, arn] }
      })
      return undefined
    })
}

/** Detach…Policy. */
function detach<Member extends string, Value extends PolicyHolder>(
  entity: EntityKind<Member, Value>,
): Operation<Named<Member> & ArnInput, undefined> {
  return (context, input) =>
    write(context, writer => {
      const arn = input.PolicyArn ?? ''
      change(entity, writer, context, input[entity.member] ?? '', before => {
        if (!before.attachedPolicies.includes(arn)) throw policyNotFound(arn)
        return { ...before, attachedPolicies: before.attachedPolicies.filter(other => other !== arn) }
      })
      return undefined
    })
}

/** ListAttached…Policies. */
function list<Member extends string, Value extends PolicyHolder>(
  entity: EntityKind<Member, Value>,
): Operation<
  Named<Member> & PageInput & { readonly PathPrefix?: string | undefined },
  Iam.ListAttachedUserPoliciesResponse
> {
  return (context, input) =>
    read(context, reader => {
      const holder = required(entity, reader, context, input[entity.member] ?? '')
      const all = holder.attachedPolicies.filter(arn => policyPathOf(arn).startsWith(input.PathPrefix ?? '/'))
      const { items, ...rest } = page(all, arn => arn, input)
      return {
        AttachedPolicies: items.map(arn => ({ PolicyName: policyNameOf(arn), PolicyArn: arn })),
        ...rest,
      }
    })
}

export const AttachUserPolicy = attach(users)
export const DetachUserPolicy = detach(users)
export const ListAttachedUserPolicies = list(users)
export const AttachGroupPolicy = attach(groups)
export const DetachGroupPolicy = detach(groups)
export const ListAttachedGroupPolicies = list(groups)
export const AttachRolePolicy = attach(roles)
export const DetachRolePolicy = detach(roles)
export const ListAttachedRolePolicies = list(roles)
