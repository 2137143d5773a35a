import { createHash } from 'node:crypto'

/** One version as the model knows it. */
export interface ModelVersion {
  readonly id: string
  readonly marker: boolean
  readonly body: Buffer
  readonly etag: string
}

/** What a bucket must be like after what was done to it: S3's rules of versions, written as simply as they can be. */
export interface BucketModel {
  versioning: 'Enabled' | 'Suspended' | undefined
  /** Newest first. */
  versions(key: string): readonly ModelVersion[]
  /** The newest version that is no delete marker. */
  live(key: string): ModelVersion | undefined
  put(key: string, id: string | undefined, body: Buffer, etag?: string): void
  remove(key: string, markerId: string | undefined): void
  removeVersion(key: string, id: string): void
  /** By their bytes. */
  keys(): string[]
}

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))

/** An empty bucket. */
export function createBucketModel(): BucketModel {
  const all = new Map<string, ModelVersion[]>()
  const of = (key: string): ModelVersion[] => all.get(key) ?? []
  const place = (key: string, version: ModelVersion): void => {
    // There is one null version at most, and the new one takes its place in time too.
    const others = of(key).filter(({ id }) => id !== version.id)
    all.set(key, [version, ...others])
  }
  return {
    versioning: undefined,
    versions: of,
    live(key) {
      const [top] = of(key)
      return top?.marker ? undefined : top
    },
    put(key, id = 'null', body, etag = `"${createHash('md5').update(body).digest('hex')}"`) {
      place(key, { id, marker: false, body, etag })
    },
    remove(key, markerId = 'null') {
      if (this.versioning === undefined) all.delete(key)
      else place(key, { id: markerId, marker: true, body: Buffer.alloc(0), etag: '' })
    },
    removeVersion(key, id) {
      const left = of(key).filter(version => version.id !== id)
      if (left.length === 0) all.delete(key)
      else all.set(key, left)
    },
    keys: () => [...all.keys()].sort(byBytes),
  }
}

/** A page's worth of names grouped as `delimiter` says, in order. */
export function grouped(
  keys: readonly string[],
  prefix: string,
  delimiter: string,
): { readonly keys: readonly string[]; readonly prefixes: readonly string[] } {
  const prefixes = new Set<string>()
  const plain: string[] = []
  for (const key of keys) {
    if (!key.startsWith(prefix)) continue
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    if (end < 0) plain.push(key)
    else prefixes.add(key.slice(0, end + delimiter.length))
  }
  return { keys: plain, prefixes: [...prefixes].sort(byBytes) }
}
