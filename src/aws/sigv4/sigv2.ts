import { createHmac, timingSafeEqual } from 'node:crypto'
import { AwsError } from '../aws-error.ts'
import { parseHttpDate } from './amz-date.ts'
import type { QueryPairs } from './canonical-query.ts'
import type { SignatureEvidence } from './evidence.ts'
import type { SignedHeaderValues } from './raw-headers.ts'
import { isoSeconds, s3Dialect } from './s3-dialect.ts'

/** What a SigV2 request says of its signature. */
export interface SigV2Claims {
  readonly accessKeyId: string
  readonly signature: string
  /** Seconds since 1970; presigned URLs only. */
  readonly expires?: number
  readonly sessionToken?: string
}

/**
 * Reads S3's old `Authorization: AWS key:signature` or `?AWSAccessKeyId=…&Expires=…&Signature=…`, with which SDK v2
 * still pre-signs. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
export function sigV2Claims(
  authorization: string | undefined,
  headers: SignedHeaderValues,
  pairs: QueryPairs,
): SigV2Claims | undefined {
  if (authorization !== undefined) {
    const match = /^AWS ([^:\s]+):(\S+)$/.exec(authorization)
    if (match === null) return undefined
    const token = headers.get('x-amz-security-token')
    return {
      accessKeyId: match[1] as string,
      signature: match[2] as string,
      ...(token === undefined ? {} : { sessionToken: token }),
    }
  }
  if (!pairs.some(([name]) => name === 'AWSAccessKeyId' || name === 'Signature')) return undefined
  const values = new Map(pairs)
  const [accessKeyId, signature, expires] = ['AWSAccessKeyId', 'Signature', 'Expires'].map(name =>
    values.get(name),
  )
  if (!accessKeyId || !signature || !expires)
    throw denied('Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters')
  if (!/^\d{1,12}$/.test(expires)) throw denied(`Invalid date (should be seconds since epoch): ${expires}`)
  const token = headers.get('x-amz-security-token') ?? values.get('x-amz-security-token')
  return {
    accessKeyId,
    signature,
    expires: Number(expires),
    ...(token === undefined ? {} : { sessionToken: token }),
  }
}

/** Checks a SigV2 request's time; milliseconds. */
export function checkSigV2Time(
  claims: SigV2Claims,
  headers: SignedHeaderValues,
  now: number,
  allowed: number,
): void {
  if (claims.expires !== undefined) {
    if (now > claims.expires * 1000)
      throw new AwsError('AccessDenied', 'Request has expired', {
        statusCode: 403,
        detail: { Expires: isoSeconds(claims.expires * 1000), ServerTime: isoSeconds(now) },
      })
    return
  }
  const text = headers.get('x-amz-date') ?? headers.get('date')
  const time = text === undefined ? undefined : parseHttpDate(text)
  if (time === undefined || time < 0)
    throw denied('AWS authentication requires a valid Date or x-amz-date header')
  if (Math.abs(now - time) > allowed) throw s3Dialect.skewed({ time, now, allowed })
}

/** The strings that may have been signed: the bucket may stand in the host's name. */
export function sigV2Strings(
  method: string,
  rawPath: string,
  headers: SignedHeaderValues,
  pairs: QueryPairs,
  claims: SigV2Claims,
): readonly string[] {
  const presigned = claims.expires !== undefined
  const query = new Map(presigned ? pairs : [])
  // What is sent is what was signed; botocore repeats it in the URL, where it proves nothing (recorded).
  const positional = (name: string) => headers.get(name) ?? query.get(name) ?? ''
  const date = presigned
    ? String(claims.expires)
    : headers.has('x-amz-date')
      ? ''
      : (headers.get('date') ?? '')
  const amz = new Map([...headers].filter(([name]) => name.startsWith('x-amz-')))
  for (const [name, value] of query)
    if (name.toLowerCase().startsWith('x-amz-')) amz.set(name.toLowerCase(), value)
  const amzLines = [...amz].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}\n`)
  const head = `${method}\n${positional('content-md5')}\n${positional('content-type')}\n${date}\n${amzLines.join('')}`
  return resources(rawPath, headers.get('host') ?? '').map(path => `${head}${path}${subresources(pairs)}`)
}

/** Whether one of the strings has this signature; the first is what S3 would show as its own. */
export function verifySigV2(
  strings: readonly string[],
  secretAccessKey: string,
  claims: SigV2Claims,
): { readonly matches: boolean; readonly evidence: SignatureEvidence } {
  const provided = Buffer.from(claims.signature, 'base64')
  const signed = strings.find(text => {
    const expected = createHmac('sha1', secretAccessKey).update(text, 'latin1').digest()
    return provided.length === expected.length && timingSafeEqual(expected, provided)
  })
  return {
    matches: signed !== undefined,
    evidence: { stringToSign: signed ?? strings[0] ?? '', signatureProvided: claims.signature },
  }
}

function resources(rawPath: string, host: string): readonly string[] {
  const name = host.replace(/:\d+$/, '')
  const bucket = /^(.+?)\.s3[.-]/.exec(name)?.[1] ?? /^(.+)\.localhost(?:\.[a-z.]+)?$/.exec(name)?.[1]
  const virtual = bucket ?? (/^[\d.]+$|^\[/.test(name) ? undefined : name)
  // botocore signs a bucket with a slash behind it, which its URL has not.
  const paths = /^\/[^/]+$/.test(rawPath) ? [rawPath, `${rawPath}/`] : [rawPath]
  return [...paths, ...(virtual === undefined ? [] : [`/${virtual}${rawPath}`])]
}

/** Query parameters that name a part of a resource and are therefore signed. */
const signedParameters: ReadonlySet<string> = new Set(
  `accelerate acl analytics cors defaultObjectAcl delete encryption intelligent-tiering inventory legal-hold lifecycle
   location logging metrics notification object-lock ownershipControls partNumber policy policyStatus publicAccessBlock
   replication requestPayment response-cache-control response-content-disposition response-content-encoding
   response-content-language response-content-type response-expires restore retention select select-type storageClass
   tagging torrent uploadId uploads versionId versioning versions website`.split(/\s+/),
)

function subresources(pairs: QueryPairs): string {
  const signed = pairs
    .filter(([name]) => signedParameters.has(name))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  return signed.length === 0 ? '' : `?${signed.join('&')}`
}

function denied(message: string): AwsError {
  return new AwsError('AccessDenied', message, { statusCode: 403 })
}
