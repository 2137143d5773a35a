import { canonicalPath, normalisePath } from './canonical-path.ts'
import { type CanonicalParts, emptyHash, sha256Hex } from './canonical-request.ts'
import { decodeUri, encodeUri } from './uri-encoding.ts'

/** What the mistakes are tried on. */
export interface RefusedRequest {
  readonly parts: CanonicalParts
  readonly rawPath: string
  readonly rawQuery: string
  readonly body: Uint8Array | undefined
  readonly region: string
  readonly service: string
}

interface Mistake {
  readonly cause: string
  readonly parts: CanonicalParts
}

/**
 * Repeats the mistakes that clients and proxies are known to make until one gives the signature that was sent, and
 * says which. Runs only after a refusal.
 */
export function likeliestCause(request: RefusedRequest, matches: (parts: CanonicalParts) => boolean): string {
  for (const mistake of mistakes(request)) if (matches(mistake.parts)) return mistake.cause
  return 'No known mistake gives this signature: most likely the secret access key is another one, or a proxy changed what was signed.'
}

function* mistakes(request: RefusedRequest): Generator<Mistake> {
  const { parts, rawPath, rawQuery, body } = request
  const host = parts.headers.find(([name]) => name === 'host')?.[1] ?? ''
  for (const [signed, cause] of hosts(host, request))
    yield { cause, parts: withHeader(parts, 'host', signed) }

  const paths: readonly (readonly [string, string])[] = [
    [
      canonicalPath(rawPath, 's3'),
      'The path was encoded once, as only S3 wants it; this service encodes it twice.',
    ],
    [encodeUri(normalisePath(rawPath), '/'), 'The path was encoded twice; S3 encodes it once.'],
    [encodeUri(rawPath, '/'), 'The path was not normalised: dot segments or empty ones were signed.'],
    [normalisePath(canonicalPath(rawPath, 's3')), 'The path was normalised; S3 takes it as it is.'],
    [rawPath, 'The path was signed as sent, without encoding it.'],
    [encodeUri(decodeUri(rawPath, ' '), '/'), 'A + in the path was signed as a blank.'],
  ]
  for (const [path, cause] of paths) yield { cause, parts: { ...parts, path } }

  const queries: readonly (readonly [string, string])[] = [
    [rawQuery, 'The query string was signed as sent, without sorting and encoding it.'],
    [rawQuery.split('&').sort().join('&'), 'The query string was sorted but not encoded.'],
    [parts.query.replaceAll('%20', '%2B'), 'A + in the query was signed as itself; it stands for a blank.'],
    [parts.query.replaceAll('%20', '+'), 'A blank in the query was signed as +; it is %20.'],
    ['', 'The query string was left out of what was signed.'],
  ]
  for (const [query, cause] of queries) yield { cause, parts: { ...parts, query } }

  const type = parts.headers.find(([name]) => name === 'content-type')?.[1]
  if (type?.includes(';'))
    yield {
      cause: 'The Content-Type header got a charset or boundary after it was signed.',
      parts: withHeader(parts, 'content-type', type.slice(0, type.indexOf(';')).trim()),
    }
  const payloads: readonly (readonly [string, string])[] = [
    [emptyHash, 'The body was left out of what was signed, or was added afterwards.'],
    ['UNSIGNED-PAYLOAD', 'The payload was declared UNSIGNED-PAYLOAD, which this service does not take.'],
    ...(body === undefined || body.length === 0
      ? []
      : ([
          [sha256Hex(body.subarray(0, -1)), 'The body got a newline at its end after it was signed.'],
        ] as const)),
  ]
  for (const [payloadHash, cause] of payloads) yield { cause, parts: { ...parts, payloadHash } }
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'])
    if (method !== parts.method)
      yield { cause: `The request was signed as ${method}.`, parts: { ...parts, method } }
}

function* hosts(
  host: string,
  { region, service }: RefusedRequest,
): Generator<readonly [host: string, cause: string]> {
  const name = host.replace(/:\d+$/, '')
  const port = host.slice(name.length + 1)
  if (port !== '') yield [name, `Host header lost its port: "${name}" was signed, "${host}" was sent.`]
  for (const other of [name, 'localhost', '127.0.0.1'])
    for (const added of ['80', '443', '3000', '4566', port])
      if (added !== '' && `${other}:${added}` !== host)
        yield [
          `${other}:${added}`,
          `The Host header changed: "${other}:${added}" was signed, "${host}" was sent.`,
        ]
  for (const other of [
    'localhost',
    '127.0.0.1',
    `${service}.${region}.amazonaws.com`,
    `${service}.amazonaws.com`,
  ])
    if (other !== host) yield [other, `The Host header changed: "${other}" was signed, "${host}" was sent.`]
}

function withHeader(parts: CanonicalParts, name: string, value: string): CanonicalParts {
  return { ...parts, headers: parts.headers.map(pair => (pair[0] === name ? [name, value] : pair)) }
}
