import type { Principal, SignedRequest } from '../../../../src/aws/index.ts'
import type { Credential, CredentialsDirectory } from '../../../../src/aws/sigv4/index.ts'

/** A request for the authenticator with everything that a test does not care about filled in. */
export function signedRequest(over: Partial<SignedRequest>): SignedRequest {
  return {
    method: 'GET',
    rawUrl: '/',
    rawHeaders: [],
    body: new Uint8Array(),
    sourceIp: '127.0.0.1',
    secure: false,
    signingName: 'service',
    protocol: 'awsJson1_0',
    service: 'service',
    operation: undefined,
    signatureOptional: false,
    now: 0,
    requestId: 'request-1',
    ...over,
  }
}

export const root: Principal = {
  kind: 'root',
  account: '000000000000',
  arn: 'arn:aws:iam::000000000000:root',
  userId: '000000000000',
  tags: {},
  sessionContext: {},
  sessionPolicies: [],
}

/** A directory of these credentials; a secret is enough for a root key. */
export function directoryOf(
  ...credentials: readonly (Partial<Credential> & { accessKeyId: string })[]
): CredentialsDirectory {
  const all = new Map(
    credentials.map(credential => [
      credential.accessKeyId,
      { secretAccessKey: 'test', status: 'Active', principal: root, ...credential } satisfies Credential,
    ]),
  )
  return { find: accessKeyId => all.get(accessKeyId) }
}
