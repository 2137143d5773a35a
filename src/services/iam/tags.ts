import type { Tag } from '../../aws/index.ts'
import { invalidInput, limitExceeded } from './errors.ts'

/** Tags as the SDK types them. */
export type TagInput = readonly { readonly Key: string | undefined; readonly Value: string | undefined }[]

/** Adds tags to those that are there; keys are told apart without case, as IAM does. */
export function addTags(before: readonly Tag[], input: TagInput | undefined): readonly Tag[] {
  const added = (input ?? []).map(({ Key, Value }) => ({ Key: Key ?? '', Value: Value ?? '' }))
  const keys = added.map(tag => tag.Key.toLowerCase())
  if (new Set(keys).size !== keys.length)
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  const kept = before.filter(tag => !keys.includes(tag.Key.toLowerCase()))
  const tags = [...kept, ...added]
  if (tags.length > 50) throw limitExceeded('TagsPerEntity', 50)
  return tags
}

/** Takes tags away; a key that is not there does not matter. */
export function removeTags(before: readonly Tag[], keys: readonly string[] | undefined): readonly Tag[] {
  const gone = new Set((keys ?? []).map(key => key.toLowerCase()))
  return before.filter(tag => !gone.has(tag.Key.toLowerCase()))
}
