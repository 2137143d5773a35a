import { decodeUri, encodeUri } from './uri-encoding.ts'

/** How a service canonicalises its path. */
export type PathRule = 's3' | 'normalised'

/**
 * The path line of a canonical request.
 *
 * S3's keys may hold `..` and `//`, so S3 takes the path as it is and encodes it once. All others remove dot segments
 * and empty ones, and encode what was sent a second time.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
 */
export function canonicalPath(rawPath: string, rule: PathRule): string {
  if (rawPath === '/' || rawPath === '') return '/'
  return rule === 's3' ? encodeUri(decodeUri(rawPath, '+'), '/') : encodeUri(normalisePath(rawPath), '/')
}

/** Removes `.`, `..` and empty segments and keeps a trailing slash. */
export function normalisePath(path: string): string {
  if (!path.includes('//') && !path.includes('/.')) return path
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  const body = segments.join('/')
  return body !== '' && /\/(?:\.{1,2})?$/.test(path) ? `/${body}/` : `/${body}`
}
