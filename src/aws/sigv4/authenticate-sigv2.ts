import type { Authentication } from '../door-contract.ts'
import type { Credential, CredentialsDirectory } from './credential.ts'
import { readRawHeaders } from './raw-headers.ts'
import type { Received } from './received.ts'
import { vouchForBody } from './s3-payload.ts'
import { checkSession, usableCredential } from './session-token.ts'
import { checkSigV2Time, type SigV2Claims, sigV2Strings, verifySigV2 } from './sigv2.ts'

/** S3 still takes SigV2 (SDK v2 pre-signs with it); the body is not signed there. */
export function authenticateSigV2(
  received: Received,
  claims: SigV2Claims,
  directory: CredentialsDirectory,
): Authentication | Promise<Authentication> {
  checkSigV2Time(claims, received.headers, received.request.now, received.allowedSkew)
  const found = directory.find(claims.accessKeyId)
  return found instanceof Promise
    ? found.then(credential => withCredential(received, claims, credential))
    : withCredential(received, claims, found)
}

function withCredential(
  received: Received,
  claims: SigV2Claims,
  found: Credential | undefined,
): Authentication {
  const { dialect, headers, pairs, rawPath, request } = received
  const credential = usableCredential(received, found, claims.accessKeyId, claims.sessionToken)
  const asSent = readRawHeaders(request.rawHeaders, 'kept')
  const strings = sigV2Strings(request.method, rawPath, asSent, pairs, claims)
  const { matches, evidence } = verifySigV2(strings, credential.secretAccessKey, claims)
  if (!matches) throw dialect.mismatch(claims.accessKeyId, evidence)
  checkSession(received, credential, claims.sessionToken)
  const { principal } = credential
  return {
    principal: {
      ...principal,
      sessionContext: {
        ...principal.sessionContext,
        's3:signatureversion': 'AWS',
        's3:authType': claims.expires === undefined ? 'REST-HEADER' : 'REST-QUERY-STRING',
      },
    },
    evidence,
    ...vouchForBody(received, headers.get('x-amz-content-sha256')),
  }
}
