import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { WholeBody } from '../../lib/index.ts'
import type { Authentication, RequestAuthenticator } from '../door-contract.ts'
import type { Principal } from '../principal.ts'
import { authenticateSigV2 } from './authenticate-sigv2.ts'
import { emptyHash, sha256Hex } from './canonical-request.ts'
import { checkClaims } from './check-claims.ts'
import type { SignatureClaims } from './claims.ts'
import { anonymous, type Credential, type CredentialsDirectory } from './credential.ts'
import type { SignatureEvidence } from './evidence.ts'
import { headerClaims } from './header-claims.ts'
import { likeliestCause } from './likeliest-cause.ts'
import { queryClaims } from './query-claims.ts'
import { canonicalParts, type Received, receive } from './received.ts'
import { s3PayloadHash, vouchForBody } from './s3-payload.ts'
import { checkSession, usableCredential } from './session-token.ts'
import { sigV2Claims } from './sigv2.ts'
import { createStringCheck, type StringCheck, signedText } from './verifier.ts'

/** Verifies who signed a request: SigV4 and SigV4A in header or query, and for S3 SigV2 too. */
export function createAuthenticator(directory: CredentialsDirectory): RequestAuthenticator {
  const check = createStringCheck()
  return {
    authenticate(request) {
      const received = receive(request)
      const { headers, pairs, dialect, isS3 } = received
      const authorization = headers.get('authorization')
      // Only S3 takes the other parameters alone for a signature (DynamoDB: recorded by dynalite).
      const inQuery = pairs.some(
        ([name]) => name === 'X-Amz-Algorithm' || (isS3 && signingParameters.has(name)),
      )
      if (authorization !== undefined && inQuery) throw dialect.twoMechanisms()

      if (isS3) {
        const old = sigV2Claims(authorization, headers, pairs)
        if (old !== undefined) return authenticateSigV2(received, old, directory)
      }
      if (authorization === undefined && !inQuery) {
        if (!isS3 && !request.signatureOptional) throw dialect.unsigned()
        return unsigned(received)
      }
      const claims =
        authorization === undefined
          ? queryClaims(pairs, dialect, isS3)
          : headerClaims(authorization, headers, dialect)
      checkClaims(claims, headers, {
        signingName: request.signingName,
        now: request.now,
        allowedSkew: received.allowedSkew,
        dialect,
      })
      const found = directory.find(claims.accessKeyId)
      return found instanceof Promise
        ? found.then(credential => withCredential(received, claims, credential, check))
        : withCredential(received, claims, found, check)
    },
  }
}

const signingParameters: ReadonlySet<string> = new Set([
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
])

function unsigned(received: Received): Authentication {
  if (!received.isS3) return { principal: anonymous, body: received.request.body }
  return { principal: anonymous, ...vouchForBody(received, received.headers.get('x-amz-content-sha256')) }
}

function withCredential(
  received: Received,
  claims: SignatureClaims,
  found: Credential | undefined,
  check: StringCheck,
): Authentication | Promise<Authentication> {
  const credential = usableCredential(received, found, claims.accessKeyId, claims.sessionToken)
  if (received.isS3) {
    const declared = s3PayloadHash(received, claims)
    const evidence = verified(received, claims, credential, declared, undefined, check)
    const signer = { claims, secretAccessKey: credential.secretAccessKey, check }
    return {
      principal: s3Principal(credential, claims),
      evidence,
      ...vouchForBody(received, declared, signer),
    }
  }
  const finish = (body: Uint8Array): Authentication => {
    const hash = body.length === 0 ? emptyHash : sha256Hex(body)
    const evidence = verified(received, claims, credential, hash, body, check)
    return { principal: credential.principal, body, evidence }
  }
  const { body } = received.request
  if (body instanceof Readable) return buffer(body).then(finish)
  return finish(body instanceof WholeBody ? body.read() : body)
}

/** Verifies the signature, then the session token, then its expiry: the order in which AWS complains. */
function verified(
  received: Received,
  claims: SignatureClaims,
  credential: Credential,
  payloadHash: string,
  body: Uint8Array | undefined,
  check: StringCheck,
): SignatureEvidence {
  const { dialect, isS3, request } = received
  const { secretAccessKey } = credential
  const parts = canonicalParts(received, claims, payloadHash)
  const evidence = signedText(claims, parts)
  const passes = (text: SignatureEvidence) =>
    check(claims, secretAccessKey, text.stringToSign, claims.signature)
  // Some services want the session token of a presigned URL added after signing (aws-c-auth: omit_session_token).
  const passesWithoutToken = () =>
    !isS3 &&
    claims.placement === 'query' &&
    claims.sessionToken !== undefined &&
    passes(signedText(claims, canonicalParts(received, claims, payloadHash, 'added afterwards')))
  if (!passes(evidence) && !passesWithoutToken()) {
    const refused = {
      parts,
      rawPath: received.rawPath,
      rawQuery: received.rawQuery,
      body,
      region: claims.scope.region,
      service: request.signingName,
    }
    const cause = likeliestCause(refused, other => passes(signedText(claims, other)))
    throw dialect.mismatch(claims.accessKeyId, { ...evidence, likeliestCause: cause })
  }
  checkSession(received, credential, claims.sessionToken)
  return evidence
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html */
function s3Principal(credential: Credential, claims: SignatureClaims): Principal {
  const { principal } = credential
  return {
    ...principal,
    sessionContext: {
      ...principal.sessionContext,
      's3:signatureversion': claims.algorithm,
      's3:authType': claims.placement === 'header' ? 'REST-HEADER' : 'REST-QUERY-STRING',
    },
  }
}
