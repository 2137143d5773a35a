import type { Tag } from '@aws-sdk/client-secrets-manager'
import { invalidParameter, limitExceeded } from './errors.ts'

/** Tags with `added` put over them, checked as AWS does: 50 at most, no names of AWS's own. */
export function withTags(
  tags: Readonly<Record<string, string>>,
  added: readonly Tag[] | undefined,
): Record<string, string> {
  const merged = { ...tags }
  for (const { Key: key = '', Value: value = '' } of added ?? []) {
    if (key === '') throw invalidParameter('A tag needs a key.')
    if (/^aws:/i.test(key)) throw invalidParameter('Tag keys that begin with aws: are reserved.')
    merged[key] = value
  }
  if (Object.keys(merged).length > 50) throw limitExceeded('A secret can have at most 50 tags.')
  return merged
}
