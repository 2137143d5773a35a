import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { WholeBody } from '../../lib/index.ts'
import type { Authentication, SignedRequest } from '../door-contract.ts'
import type { Principal } from '../principal.ts'
import { readQuery } from './canonical-query.ts'
import type { CredentialsDirectory } from './credential.ts'
import { declaredPayload } from './payload.ts'
import { receive } from './received.ts'
import { vouchForBody } from './s3-payload.ts'

/**
 * Believes what a request says of its signer, for `auth: 'off'` and `'warn'`: whoever owns the access key, else
 * `otherwise`. The body is taken out of its framing all the same, for that is never content.
 */
export function believe(
  request: SignedRequest,
  directory: CredentialsDirectory,
  otherwise: Principal,
): Authentication | Promise<Authentication> {
  const key = claimedAccessKey(request)
  const known = key === undefined ? undefined : directory.find(key)
  if (known instanceof Promise)
    return known.then(credential => believed(request, credential?.principal ?? otherwise))
  return believed(request, known?.principal ?? otherwise)
}

function believed(request: SignedRequest, principal: Principal): Authentication | Promise<Authentication> {
  const { body } = request
  if (request.signingName !== 's3') {
    if (body instanceof Readable) return buffer(body).then(bytes => ({ principal, body: bytes }))
    return { principal, body: body instanceof WholeBody ? body.read() : body }
  }
  const received = receive(request)
  const declared = received.headers.get('x-amz-content-sha256') ?? ''
  const algorithm = declared.includes('ECDSA') ? 'AWS4-ECDSA-P256-SHA256' : undefined
  const framed = declaredPayload(declared, algorithm)?.kind === 'chunked'
  return { principal, ...vouchForBody(received, framed ? 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' : undefined) }
}

function claimedAccessKey({ rawHeaders, rawUrl }: SignedRequest): string | undefined {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization')
  const header = at < 0 ? '' : (rawHeaders[at + 1] ?? '').trim()
  const named = /Credential=([^/,\s]+)\//.exec(header)?.[1] ?? /^AWS ([^:\s]+):/.exec(header)?.[1]
  const question = rawUrl.indexOf('?')
  if (named !== undefined || question < 0) return named
  const values = new Map(readQuery(rawUrl.slice(question + 1)))
  return values.get('X-Amz-Credential')?.split('/')[0] ?? values.get('AWSAccessKeyId')
}
