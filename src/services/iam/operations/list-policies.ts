import type { ListPoliciesRequest, ListPoliciesResponse } from '@aws-sdk/client-iam'
import { awsManagedPolicies } from '../../../aws/index.ts'
import { awsPolicyRecord, countUses, usesOf } from '../managed-policies.ts'
import { page } from '../pages.ts'
import { policyShape } from '../shapes.ts'
import { type Operation, read, tables } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const ListPolicies: Operation<ListPoliciesRequest, ListPoliciesResponse> = (context, input) =>
  read(context, reader => {
    const scope = input.Scope ?? 'All'
    const own = scope === 'AWS' ? [] : [...tables.policies.under(reader, context.account)].map(([, p]) => p)
    const aws = scope === 'Local' ? [] : [...awsManagedPolicies.values()].map(awsPolicyRecord)
    const all = [...own, ...aws]
      .filter(policy => policy.path.startsWith(input.PathPrefix ?? '/'))
      .map(policy => ({ policy, uses: countUses(usesOf(reader, context, policy.arn)) }))
      .filter(({ uses }) => {
        const used = { PermissionsPolicy: uses.attached, PermissionsBoundary: uses.boundary }
        if (input.PolicyUsageFilter !== undefined && used[input.PolicyUsageFilter] === 0) return false
        return input.OnlyAttached !== true || uses.attached + uses.boundary > 0
      })
    const { items, ...rest } = page(all, item => item.policy.arn, input)
    return { Policies: items.map(({ policy, uses }) => policyShape(policy, uses, false)), ...rest }
  })
