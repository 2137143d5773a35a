import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Authentication, SignedRequest } from '../door-contract.ts'
import type { Principal } from '../principal.ts'
import type { CredentialsDirectory } from './credential.ts'
import { declaredPayload } from './payload.ts'
import { receive } from './received.ts'
import { vouchForBody } from './s3-payload.ts'

/**
 * Believes what a request says of its signer, for `auth: 'off'` and `'warn'`: whoever owns the access key, else
 * `otherwise`. The body is taken out of its framing all the same, for that is never content.
 */
export async function believe(
  request: SignedRequest,
  directory: CredentialsDirectory,
  otherwise: Principal,
): Promise<Authentication> {
  const received = receive(request)
  const key = claimedAccessKey(received.headers.get('authorization'), received.pairs)
  const known = key === undefined ? undefined : await directory.find(key)
  const principal = known?.principal ?? otherwise
  if (!received.isS3)
    return { principal, body: request.body instanceof Readable ? await buffer(request.body) : request.body }
  const declared = received.headers.get('x-amz-content-sha256') ?? ''
  const algorithm = declared.includes('ECDSA') ? 'AWS4-ECDSA-P256-SHA256' : undefined
  const framed = declaredPayload(declared, algorithm)?.kind === 'chunked'
  return { principal, ...vouchForBody(received, framed ? 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' : undefined) }
}

function claimedAccessKey(
  authorization: string | undefined,
  pairs: readonly (readonly [string, string])[],
): string | undefined {
  const header = authorization ?? ''
  const named = /Credential=([^/,\s]+)\//.exec(header)?.[1] ?? /^AWS ([^:\s]+):/.exec(header)?.[1]
  if (named !== undefined) return named
  const values = new Map(pairs)
  return values.get('X-Amz-Credential')?.split('/')[0] ?? values.get('AWSAccessKeyId')
}
