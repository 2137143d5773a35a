import type { CreatePolicyRequest, CreatePolicyResponse } from '@aws-sdk/client-iam'
import { type PolicyRecord, uniqueId } from '../../../aws/index.ts'
import { checkedDocument, documentSize } from '../documents.ts'
import { alreadyExists, limitExceeded } from '../errors.ts'
import { checkedPath } from '../paths.ts'
import { policyShape } from '../shapes.ts'
import { entityArn, type Operation, present, tables, write } from '../state.ts'
import { addTags } from '../tags.ts'

const policyLimit = 6144

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const CreatePolicy: Operation<CreatePolicyRequest, CreatePolicyResponse> = (context, input) => {
  const { account } = context
  const now = present(context)
  const policyName = input.PolicyName ?? ''
  const path = checkedPath(input.Path)
  const document = checkedDocument(input.PolicyDocument, 'identity')
  if (documentSize(document) > policyLimit) throw limitExceeded('PolicySize', policyLimit)
  return write(context, writer => {
    for (const [, other] of tables.policies.under(writer, account))
      if (other.policyName === policyName)
        throw alreadyExists(`A policy called ${policyName} already exists. Duplicate names are not allowed.`)
    const policy: PolicyRecord = {
      policyName,
      path,
      policyId: uniqueId('ANPA', context.state.ids),
      arn: entityArn(account, 'policy', path, policyName),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      createDate: now,
      updateDate: now,
      tags: addTags([], input.Tags),
      defaultVersionId: 'v1',
      nextVersion: 2,
      versions: [{ versionId: 'v1', document, createDate: now }],
    }
    tables.policies.put(writer, policy, account, policy.arn)
    return { Policy: policyShape(policy, { attached: 0, boundary: 0 }) }
  })
}
