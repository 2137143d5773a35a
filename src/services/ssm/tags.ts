import type { Tag } from '@aws-sdk/client-ssm'
import { tooManyTags, validationException } from './errors.ts'

/** Tags with `added` put over them, checked as AWS does: 50 at most, no names of AWS's own. */
export function tagsOf(
  tags: Readonly<Record<string, string>>,
  added: readonly Tag[] | undefined,
): Record<string, string> {
  const merged = { ...tags }
  for (const { Key: key = '', Value: value = '' } of added ?? []) {
    if (/^aws:/i.test(key))
      throw validationException('aws: prefixed tag key names are not allowed for external use.')
    merged[key] = value
  }
  if (Object.keys(merged).length > 50) throw tooManyTags()
  return merged
}
