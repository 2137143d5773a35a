import type { ListTagsRequest, ListTagsResponse } from '@aws-sdk/client-lambda'
import { type Operation, tags } from '../state.ts'
import { taggedKey } from '../tagged.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export const ListTags: Operation<ListTagsRequest, ListTagsResponse> = async (context, input) => {
  const { state } = context
  return await state.store.read(reader => ({
    Tags: { ...tags.get(reader, ...taggedKey(reader, context, input.Resource)) },
  }))
}
