import { amzDate, parseAmzDate, parseHttpDate } from './amz-date.ts'
import { isSignatureAlgorithm, type SignatureClaims, signedHeaderNames } from './claims.ts'
import { parseCredential } from './credential-scope.ts'
import type { SignatureDialect } from './dialect.ts'
import type { SignedHeaderValues } from './raw-headers.ts'

/** Reads the claims of an `Authorization: AWS4-… Credential=…, SignedHeaders=…, Signature=…` header, or throws. */
export function headerClaims(
  authorization: string,
  headers: SignedHeaderValues,
  dialect: SignatureDialect,
): SignatureClaims {
  const amz = headers.get('x-amz-date')
  const dateText = amz ?? headers.get('date')
  const hasDate = dateText !== undefined
  const blank = authorization.indexOf(' ')
  const algorithm = blank < 0 ? authorization : authorization.slice(0, blank)
  if (!algorithm.startsWith('AWS4-')) throw dialect.otherScheme(authorization, hasDate)

  const fields = fieldsOf(blank < 0 ? '' : authorization.slice(blank + 1))
  if (fields === undefined) throw dialect.notKeyValue(authorization)
  const { Credential: credential, Signature: signature, SignedHeaders: signed } = fields
  const missing = required.filter(name => !fields[name])
  if (missing.length > 0 || dateText === undefined)
    throw dialect.headerIncomplete(missing, hasDate, authorization)

  const time = amz === undefined ? parseHttpDate(dateText) : parseAmzDate(amz)
  if (time === undefined) throw dialect.date(dateText, 'header')
  if (!isSignatureAlgorithm(algorithm)) throw dialect.algorithm(algorithm)
  const regional = algorithm === 'AWS4-HMAC-SHA256'
  const scoped = parseCredential(credential as string, regional)
  if (scoped === undefined || scoped.accessKeyId === '')
    throw dialect.credential(scoped === undefined ? (credential as string) : '', 'header', regional)
  const sessionToken = headers.get('x-amz-security-token')
  return {
    placement: 'header',
    algorithm,
    ...scoped,
    signedHeaders: signedHeaderNames(signed as string),
    signature: signature as string,
    time,
    date: amz ?? amzDate(time),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
}

const required = ['Credential', 'Signature', 'SignedHeaders'] as const

/** Splits at commas and blanks, as clients use either; undefined where a part has no `=`. */
function fieldsOf(text: string): Partial<Record<string, string>> | undefined {
  const fields: Record<string, string> = {}
  for (const part of text.split(/[,\s]+/)) {
    if (part === '') continue
    const equals = part.indexOf('=')
    if (equals < 0) return undefined
    fields[part.slice(0, equals)] = part.slice(equals + 1)
  }
  return fields
}
