/**
 * How many bytes a body is said to have; undefined where nobody says. `x-amz-decoded-content-length` counts for chunked
 * bodies alone: of any other it would say what was never looked at.
 */
export function bodyLength(headers: Readonly<Record<string, string>>): string | undefined {
  const isChunked = headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true
  return (isChunked ? headers['x-amz-decoded-content-length'] : undefined) ?? headers['content-length']
}
