import type { Tag } from '@aws-sdk/client-s3'
import { invalidArgument, invalidTag, malformedXml } from './errors.ts'

/** Tags as they are kept. */
export type Tags = readonly (readonly [key: string, value: string])[]

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Checks tags of an object. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export function checkTags(tags: Tags): Tags {
  const seen = new Set<string>()
  for (const [key, value] of tags) {
    if (seen.has(key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: key })
    seen.add(key)
    if (key.startsWith('aws:'))
      throw invalidTag('System tags cannot be added/updated by requester', { TagKey: key })
    if (key === '' || key.length > 128 || !allowed.test(key))
      throw invalidTag('The TagKey you have provided is invalid', { TagKey: key })
    if (value.length > 256 || !allowed.test(value))
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: key, TagValue: value })
  }
  return tags
}

/** Tags out of a `Tagging` document. */
export function tagsOf(set: readonly Tag[] | undefined, most: number): Tags {
  const tags = (set ?? []).map(({ Key, Value }): readonly [string, string] => {
    if (Key === undefined || Value === undefined) throw malformedXml()
    return [Key, Value]
  })
  checkTags(tags)
  if (tags.length > most) throw tooManyTags(most)
  return tags
}

export const tooManyTags = (most: number) =>
  most === 10
    ? Object.assign(invalidTag('Object tags cannot be greater than 10'), { code: 'BadRequest' })
    : invalidTag(`Bucket tag count cannot be greater than ${most}`)

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** Tags out of the header `x-amz-tagging`: `key1=value1&key2=value2`. */
export function tagsOfHeader(header: string | undefined): Tags | undefined {
  if (header === undefined || header === '') return undefined
  const bad = () =>
    invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      header,
    )
  let tags: [string, string][]
  try {
    tags = header
      .split('&')
      .filter(part => part !== '')
      .map(part => {
        const equals = part.indexOf('=')
        return equals < 0
          ? [decode(part), '']
          : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))]
      })
  } catch (error) {
    if (error instanceof URIError) throw bad()
    throw error
  }
  if (new Set(tags.map(([key]) => key)).size !== tags.length) throw bad()
  checkTags(tags)
  if (tags.length > 10) throw tooManyTags(10)
  return tags.sort(([one], [other]) => (one < other ? -1 : 1))
}

/** Tags as answers have them. */
export function tagSet(tags: Tags | undefined): Tag[] {
  return (tags ?? []).map(([Key, Value]) => ({ Key, Value }))
}
