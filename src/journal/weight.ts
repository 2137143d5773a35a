import { DeferredDetail } from './deferred-detail.ts'

/**
 * About how many bytes a detail keeps alive. Looks three levels deep and no further: it runs for each stage of each
 * request, and bodies stand near the top.
 */
export function weightOf(value: unknown, depth = 3): number {
  if (typeof value === 'string') return value.length * 2
  if (typeof value !== 'object' || value === null) return 8
  if (value instanceof DeferredDetail) return value.bytes
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (depth === 0) return 64
  let weight = 64
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && index < 100; index++)
      weight += weightOf(value[index], depth - 1)
    return weight
  }
  for (const key in value) weight += weightOf((value as Record<string, unknown>)[key], depth - 1)
  return weight
}
