import type { TagResourceRequest } from '@aws-sdk/client-lambda'
import { invalidParameter, tooManyTags } from '../errors.ts'
import { type Operation, tags } from '../state.ts'
import { mostTags, taggedKey, touchTagged } from '../tagged.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export const TagResource: Operation<TagResourceRequest, object> = async (context, input) => {
  const { state } = context
  return await state.store.transaction(writer => {
    const key = taggedKey(writer, context, input.Resource)
    if (Object.keys(input.Tags ?? {}).length === 0)
      throw invalidParameter('An error occurred and the request cannot be processed.')
    const merged = { ...tags.get(writer, ...key), ...input.Tags }
    if (Object.keys(merged).length > mostTags) throw tooManyTags()
    tags.put(writer, merged, ...key)
    touchTagged(writer, state.ids, key)
    return {}
  })
}
