import type { ListTagsForResourceRequest, ListTagsForResourceResult } from '@aws-sdk/client-ssm'
import type { Operation } from '../state.ts'
import { taggedParameter } from '../tagged-resource.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
export const ListTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResult> = async (
  context,
  input,
) => {
  const { record } = await context.state.store.read(reader => taggedParameter(reader, context, input))
  return { TagList: Object.entries(record.tags).map(([Key, Value]) => ({ Key, Value })) }
}
