type Headers = Readonly<Record<string, string>>

const hoisted = /^(?:x-amz-|if-(?:none-)?match$|if-(?:un)?modified-since$)/

/**
 * Sums of a body, which nobody knows when a URL is signed: SDKs sign that of no body at all, and S3 ignores it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html, https://github.com/aws/aws-sdk/issues/480
 */
const sums = /^x-amz-(?:checksum-(?!mode$|algorithm$|type$)|sdk-checksum-algorithm$|trailer$)/

/** Pre-signed URLs of S3 carry what would be `x-amz-…` headers, and conditions, in their query. */
export function withHoisted(
  headers: Headers,
  query: readonly (readonly [name: string, value: string])[],
): Headers {
  let all: Record<string, string> | undefined
  for (const [name, value] of query) {
    const lower = name.toLowerCase()
    if (signing.has(lower) || !hoisted.test(lower) || sums.test(lower) || lower in headers) continue
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
