/** Header values by lower-case name, as a signature sees them: trimmed, blanks folded, repeated ones joined by `,`. */
export type SignedHeaderValues = ReadonlyMap<string, string>

/**
 * Reads Node's `rawHeaders` the way SigV4 wants them. Node's own `headers` will not do: it joins with `, ` and drops
 * repeated `Host` or `Content-Type`. SigV2 keeps blanks inside a value as they are.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function readRawHeaders(
  rawHeaders: readonly string[],
  blanks: 'folded' | 'kept' = 'folded',
): SignedHeaderValues {
  const values = new Map<string, string>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase()
    const sent = (rawHeaders[at + 1] as string).trim()
    const value = blanks === 'folded' && sent.includes('  ') ? sent.replace(/ {2,}/g, ' ') : sent
    const before = values.get(name)
    values.set(name, before === undefined ? value : `${before},${value}`)
  }
  return values
}
