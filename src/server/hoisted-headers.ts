type Headers = Readonly<Record<string, string>>

/** Pre-signed URLs of S3 carry what would be `x-amz-…` headers in their query. */
export function withHoisted(
  headers: Headers,
  query: readonly (readonly [name: string, value: string])[],
): Headers {
  let all: Record<string, string> | undefined
  for (const [name, value] of query) {
    const lower = name.toLowerCase()
    if (!lower.startsWith('x-amz-') || signing.has(lower) || lower in headers) continue
    all ??= { ...headers }
    all[lower] = value
  }
  return all ?? headers
}

const signing: ReadonlySet<string> = new Set(
  ['algorithm', 'credential', 'date', 'expires', 'signature', 'signedheaders', 'security-token'].map(
    name => `x-amz-${name}`,
  ),
)
