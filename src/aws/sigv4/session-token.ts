import type { Credential } from './credential.ts'
import type { SignatureDialect } from './dialect.ts'

/** The facts of a request that decide about its credentials. */
export interface SessionFacts {
  readonly dialect: SignatureDialect
  /** `now`: milliseconds since 1970. */
  readonly request: { readonly now: number }
}

/** Compares the session token and refuses credentials whose time is over. */
export function checkSession(
  { dialect, request }: SessionFacts,
  credential: Credential,
  sessionToken: string | undefined,
): void {
  if (credential.sessionToken !== sessionToken) throw dialect.invalidToken(sessionToken)
  if (credential.expiration !== undefined && request.now >= credential.expiration)
    throw dialect.expiredToken(sessionToken ?? '')
}

/** Refuses keys that are unknown, switched off, or temporary without their token. */
export function usableCredential(
  { dialect }: SessionFacts,
  credential: Credential | undefined,
  accessKeyId: string,
  sessionToken: string | undefined,
): Credential {
  if (credential === undefined) throw dialect.unknownKey(accessKeyId)
  if (credential.status === 'Inactive') throw dialect.inactiveKey(accessKeyId)
  if (credential.sessionToken !== undefined && sessionToken === undefined)
    throw dialect.unknownKey(accessKeyId)
  return credential
}
