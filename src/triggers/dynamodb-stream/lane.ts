import type { StreamedRecord } from '../../ports/index.ts'

/** FNV-1a over a text: spreads keys over lanes, nothing more. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Which of a shard's concurrent batches an item's changes belong to: always the same one, so their order is kept. */
export function laneOf({ dynamodb: { Keys: keys } }: StreamedRecord, lanes: number): number {
  return lanes === 1 ? 0 : hashOf(JSON.stringify(keys)) % lanes
}
