import type { AddTagsToResourceRequest, AddTagsToResourceResult } from '@aws-sdk/client-ssm'
import type { Operation } from '../state.ts'
import { changeTags } from '../tagged-resource.ts'
import { tagsOf } from '../tags.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
export const AddTagsToResource: Operation<AddTagsToResourceRequest, AddTagsToResourceResult> = async (
  context,
  input,
) => {
  await changeTags(context, input, tags => tagsOf(tags, input.Tags))
  return {}
}
