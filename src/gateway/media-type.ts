/** The media type of a header without its parameters, lower-case; the first one of a list. */
export function mediaType(header: string): string {
  const end = header.search(/[;,]/)
  return (end === -1 ? header : header.slice(0, end)).trim().toLowerCase()
}

/**
 * Says whether a Content-Type or Accept header is binary for an API. Recorded: of several Accept types only the
 * first counts; an entry matches exactly or as `type/*`; an entry such as `*`+`/test` matches nothing.
 */
export function createBinaryCheck(
  binaryMediaTypes: readonly string[],
): (header: string | undefined) => boolean {
  if (binaryMediaTypes.length === 0) return () => false
  const entries = binaryMediaTypes.map(mediaType)
  if (entries.includes('*/*')) return () => true
  const exact = new Set(entries.filter(entry => !entry.startsWith('*')))
  return header => {
    if (header === undefined) return false
    const type = mediaType(header)
    const slash = type.indexOf('/')
    if (slash <= 0) return false
    return exact.has(type) || exact.has(`${type.slice(0, slash)}/*`)
  }
}

/** What a client without the header is taken to have sent (recorded for Content-Type). */
export const defaultMediaType = 'application/json'
