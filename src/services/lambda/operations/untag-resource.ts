import type { UntagResourceRequest } from '@aws-sdk/client-lambda'
import { type Operation, tags } from '../state.ts'
import { taggedKey, touchTagged } from '../tagged.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
export const UntagResource: Operation<UntagResourceRequest, object> = async (context, input) => {
  const { state } = context
  return await state.store.transaction(writer => {
    const key = taggedKey(writer, context, input.Resource)
    const left = Object.entries(tags.get(writer, ...key) ?? {}).filter(
      ([name]) => !input.TagKeys?.includes(name),
    )
    tags.put(writer, Object.fromEntries(left), ...key)
    touchTagged(writer, state.ids, key)
    return {}
  })
}
