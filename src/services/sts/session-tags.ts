import type { Principal } from '../../aws/index.ts'
import { validationError } from './errors.ts'

/** Session tags as the SDK types them. */
export type SessionTagInput =
  | readonly { readonly Key: string | undefined; readonly Value: string | undefined }[]
  | undefined

const transitiveKey = 'sts:TransitiveTagKeys'
const limit = 50

/** The session's tags: those that came in with a chained session as transitive, then the ones given now. */
export function sessionTags(principal: Principal, given: SessionTagInput): Readonly<Record<string, string>> {
  const tags = Object.fromEntries((given ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']))
  const lower = (given ?? []).map(({ Key }) => (Key ?? '').toLowerCase())
  if (new Set(lower).size !== lower.length)
    throw validationError('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  if (lower.length > limit) throw validationError(`A session can have ${limit} tags at most.`)
  const inherited = transitiveKeys(principal)
  const clash = inherited.find(key => lower.includes(key.toLowerCase()))
  if (clash !== undefined)
    throw validationError(
      `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session: ${clash}`,
    )
  const kept = inherited.flatMap(key => {
    const value = principal.tags[key]
    return value === undefined ? [] : [[key, value]]
  })
  return { ...Object.fromEntries(kept), ...tags }
}

/** Keys that travel on when this session assumes another role. */
export function transitiveKeys(principal: Principal): readonly string[] {
  return [principal.sessionContext[transitiveKey] ?? []].flat()
}

/** What a session remembers of its transitive tags. */
export function transitiveContext(
  principal: Principal,
  given: readonly string[] | undefined,
): Readonly<Record<string, readonly string[]>> {
  const keys = [...new Set([...transitiveKeys(principal), ...(given ?? [])])]
  return keys.length === 0 ? {} : { [transitiveKey]: keys }
}
