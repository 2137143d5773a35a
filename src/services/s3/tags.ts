import type { Tag } from '@aws-sdk/client-s3'
import { invalidArgument, invalidTag, malformedXml } from './errors.ts'

/** Tags as they are kept. */
export type Tags = readonly (readonly [key: string, value: string])[]

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Whose tags are checked; each has its own words for keys that are AWS's (recorded). */
type Tagged = 'bucket' | 'new bucket' | 'object'

function reserved(key: string, tagged: Tagged) {
  if (tagged === 'new bucket')
    return invalidTag(
      'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    )
  return tagged === 'object'
    ? invalidTag('Your TagKey cannot be prefixed with aws:', { TagKey: key })
    : invalidTag('System tags cannot be added/updated by requester', { TagKey: key })
}

/** Checks tags. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export function checkTags(tags: Tags, tagged: Tagged): Tags {
  const seen = new Set<string>()
  for (const [key, value] of tags) {
    if (seen.has(key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: key })
    seen.add(key)
    if (key.startsWith('aws:')) throw reserved(key, tagged)
    if (key === '' || key.length > 128 || !allowed.test(key))
      throw invalidTag('The TagKey you have provided is invalid', { TagKey: key })
    if (value.length > 256 || !allowed.test(value))
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: key, TagValue: value })
  }
  return tags
}

/** Tags out of a `Tagging` document. */
export function tagsOf(set: readonly Tag[] | undefined, most: number, tagged: Tagged): Tags {
  const tags = (set ?? []).map(({ Key, Value }): readonly [string, string] => {
    if (Key === undefined || Value === undefined) throw malformedXml()
    return [Key, Value]
  })
  checkTags(tags, tagged)
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
        // A second one would have to be encoded.
        if (part.lastIndexOf('=') !== equals) throw bad()
        return equals < 0
          ? [decode(part), '']
          : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))]
      })
  } catch (error) {
    if (error instanceof URIError) throw bad()
    throw error
  }
  if (new Set(tags.map(([key]) => key)).size !== tags.length) throw bad()
  checkTags(tags, 'object')
  if (tags.length > 10) throw tooManyTags(10)
  return tags.sort(([one], [other]) => (one < other ? -1 : 1))
}

/** Tags as answers have them. */
export function tagSet(tags: Tags | undefined): Tag[] {
  return (tags ?? []).map(([Key, Value]) => ({ Key, Value }))
}
