import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'

/** How a body may be squeezed. */
export type ContentCoding = 'gzip' | 'deflate'

const codings: readonly ContentCoding[] = ['gzip', 'deflate']

/** Bytes beyond which an answer is squeezed for those who can read it; the figure is from ScyllaDB's suite, run on AWS. */
const least = 4096

/**
 * The coding that an `Accept-Encoding` wants of an answer; undefined for none. A quality that is no number is 1, one
 * above 1 too, and `identity` does not count: all of it as ScyllaDB's suite found DynamoDB to read the header.
 */
export function wantedCoding(accepted: string | undefined, size: number): ContentCoding | undefined {
  if (accepted === undefined || size <= least) return undefined
  const qualities = new Map<string, number>()
  for (const entry of accepted.toLowerCase().split(',')) {
    const name = entry.split(';', 1)[0]?.trim() ?? ''
    qualities.set(name, Math.max(qualityOf(entry), qualities.get(name) ?? 0))
  }
  // Those that are named come first, in their order; for the others `*` stands.
  const named = [...qualities.keys()].filter(name => isCoding(name))
  const ranked = [...named, ...codings.filter(name => !named.includes(name))]
    .map(name => ({ name, quality: qualities.get(name) ?? qualities.get('*') ?? 0 }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return ranked[0]?.name
}

const isCoding = (name: string): name is ContentCoding => codings.includes(name as ContentCoding)

function qualityOf(entry: string): number {
  const at = entry.indexOf('q=')
  const quality = at === -1 ? 1 : Number(entry.slice(at + 2).split(';', 1)[0])
  return Number.isNaN(quality) ? 1 : Math.min(1, quality)
}

/** Squeezes an answer, as quickly as it can be done: it does not travel far. */
export function squeeze(coding: ContentCoding, body: Uint8Array): Uint8Array {
  return coding === 'gzip' ? gzipSync(body, { level: 1 }) : deflateSync(body, { level: 1 })
}

/** The bytes of a request's body, at most so many; throws what is wrong with them. */
export function unsqueeze(coding: string, body: Uint8Array, limit: number): Uint8Array {
  if (!isCoding(coding)) throw new Error(`no such coding: ${coding}`)
  return (coding === 'gzip' ? gunzipSync : inflateSync)(body, { maxOutputLength: limit })
}
