import { parseAmzDate } from './amz-date.ts'
import type { QueryPairs } from './canonical-query.ts'
import { isSignatureAlgorithm, type SignatureClaims, signedHeaderNames } from './claims.ts'
import { parseCredential } from './credential-scope.ts'
import type { SignatureDialect } from './dialect.ts'

/** The longest that a presigned URL may live: seven days, in seconds. */
const longest = 604_800

/** Reads the claims of a presigned URL, or throws. */
export function queryClaims(
  pairs: QueryPairs,
  dialect: SignatureDialect,
  needsExpires: boolean,
): SignatureClaims {
  const values = new Map(pairs)
  const missing = names.filter(
    name => !values.get(name) && (name !== 'X-Amz-Expires' || (needsExpires && !values.has(name))),
  )
  if (missing.length > 0) throw dialect.queryIncomplete(missing)
  const value = (name: string) => values.get(name) ?? ''

  const algorithm = value('X-Amz-Algorithm')
  if (!isSignatureAlgorithm(algorithm)) throw dialect.algorithm(algorithm)
  const date = value('X-Amz-Date')
  const time = parseAmzDate(date)
  if (time === undefined) throw dialect.date(date, 'query')
  const expiresText = values.get('X-Amz-Expires')
  if (expiresText !== undefined && !/^\d{1,6}$/.test(expiresText)) throw dialect.expires(expiresText)
  const expires = expiresText === undefined ? undefined : Number(expiresText)
  if (expires !== undefined && expires > longest) throw dialect.expires(String(expires))
  const regional = algorithm === 'AWS4-HMAC-SHA256'
  const scoped = parseCredential(value('X-Amz-Credential'), regional)
  if (scoped === undefined) throw dialect.credential(value('X-Amz-Credential'), 'query', regional)
  const sessionToken = values.get('X-Amz-Security-Token')
  return {
    placement: 'query',
    algorithm,
    ...scoped,
    signedHeaders: signedHeaderNames(value('X-Amz-SignedHeaders')),
    signature: value('X-Amz-Signature'),
    time,
    date,
    ...(expires === undefined ? {} : { expires }),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
}

const names = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
  'X-Amz-Expires',
]
