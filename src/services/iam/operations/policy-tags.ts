import type * as Iam from '@aws-sdk/client-iam'
import { ownPolicy, requiredPolicy } from '../managed-policies.ts'
import { page } from '../pages.ts'
import { type Operation, read, tables, write } from '../state.ts'
import { addTags, removeTags } from '../tags.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const TagPolicy: Operation<Iam.TagPolicyRequest, undefined> = (context, input) =>
  write(context, writer => {
    const policy = ownPolicy(writer, context, input.PolicyArn ?? '')
    const tags = addTags(policy.tags, input.Tags)
    tables.policies.put(writer, { ...policy, tags }, context.account, policy.arn)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html */
export const UntagPolicy: Operation<Iam.UntagPolicyRequest, undefined> = (context, input) =>
  write(context, writer => {
    const policy = ownPolicy(writer, context, input.PolicyArn ?? '')
    const tags = removeTags(policy.tags, input.TagKeys)
    tables.policies.put(writer, { ...policy, tags }, context.account, policy.arn)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html */
export const ListPolicyTags: Operation<Iam.ListPolicyTagsRequest, Iam.ListPolicyTagsResponse> = (
  context,
  input,
) =>
  read(context, reader => {
    const { tags } = requiredPolicy(reader, context, input.PolicyArn ?? '')
    const { items, ...rest } = page(tags, tag => tag.Key, input)
    return { Tags: items, ...rest }
  })
