/** Header values by lower-case name, as a signature sees them: trimmed, blanks folded, repeated ones joined by `,`. */
export type SignedHeaderValues = ReadonlyMap<string, string>

/**
 * Reads Node's `rawHeaders` the way SigV4 wants them. Node's own `headers` will not do: it joins with `, ` and drops
 * repeated `Host` or `Content-Type`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function readRawHeaders(rawHeaders: readonly string[]): SignedHeaderValues {
  const values = new Map<string, string>()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase()
    const value = fold(rawHeaders[at + 1] as string)
    const before = values.get(name)
    values.set(name, before === undefined ? value : `${before},${value}`)
  }
  return values
}

function fold(value: string): string {
  const trimmed = value.trim()
  return trimmed.includes('  ') ? trimmed.replace(/ {2,}/g, ' ') : trimmed
}
