import { realTime } from '../../ports/index.ts'
import { amzDate } from './amz-date.ts'
import type { SignatureClaims } from './claims.ts'
import type { SignatureDialect } from './dialect.ts'
import type { SignedHeaderValues } from './raw-headers.ts'

/** What a service demands of a signature before any key is looked up. */
export interface ClaimRules {
  readonly signingName: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Milliseconds. */
  readonly allowedSkew: number
  readonly dialect: SignatureDialect
}

/** Checks date, expiry, signed headers and scope in the order of AWS's front end; throws what it would answer. */
export function checkClaims(claims: SignatureClaims, headers: SignedHeaderValues, rules: ClaimRules): void {
  const { dialect, now, allowedSkew, signingName } = rules
  const isS3 = signingName === 's3'
  if (claims.expires === undefined || claims.time > now + allowedSkew) {
    // A client's clock is the real one, however far the simulator's time was advanced.
    const near = (time: number): boolean => Math.abs(time - claims.time) <= allowedSkew
    if (!near(now) && !(claims.expires === undefined && near(realTime())))
      throw dialect.skewed({ time: claims.time, now, allowed: allowedSkew })
  } else if (now > claims.time + claims.expires * 1000) {
    throw dialect.presignExpired({ time: claims.time, expires: claims.expires, now })
  }

  const unsigned = isS3 ? unsignedAmzHeaders(claims, headers) : []
  if (!claims.signedHeaders.includes('host') && !claims.signedHeaders.includes(':authority'))
    unsigned.unshift('host')
  if (unsigned.length > 0) throw dialect.notSigned(unsigned)

  const { scope } = claims
  // Written out only where the day differs from what the request says itself: this runs for every call.
  const isSameDay = scope.date === claims.date.slice(0, 8)
  const services = signingName === 's3' ? s3SigningNames : [signingName]
  const faults = {
    ...(isRegion(claims) ? {} : { region: 'us-east-1' }),
    ...(services.includes(scope.service) ? {} : { service: signingName }),
    ...(scope.terminal === 'aws4_request' ? {} : { terminal: 'aws4_request' }),
    ...(isSameDay ? {} : { date: amzDate(claims.time) }),
  }
  if (Object.keys(faults).length > 0) throw dialect.scope({ scope, placement: claims.placement, ...faults })
}

const s3SigningNames: readonly string[] = ['s3', 's3express', 's3-object-lambda', 's3-outposts']

/** S3 refuses `x-amz-` headers that were added after signing; a hash in a presigned request is tolerated (recorded). */
function unsignedAmzHeaders(claims: SignatureClaims, headers: SignedHeaderValues): string[] {
  const found: string[] = []
  for (const name of headers.keys()) {
    if (!name.startsWith('x-amz-') || claims.signedHeaders.includes(name)) continue
    if (claims.placement === 'query' && name === 'x-amz-content-sha256') continue
    found.push(name)
  }
  return found
}

/** Any name will do as a region here, but not SDKs' stand-in `aws-global`, which S3 was recorded to refuse. */
function isRegion(claims: SignatureClaims): boolean {
  return claims.algorithm !== 'AWS4-HMAC-SHA256' || /^(?!aws-global$)[A-Za-z0-9-]+$/.test(claims.scope.region)
}
