import type { Credential } from './credential.ts'
import type { Received } from './received.ts'

/** Compares the session token and refuses credentials whose time is over. */
export function checkSession(
  { dialect, request }: Received,
  credential: Credential,
  sessionToken: string | undefined,
): void {
  if (credential.sessionToken !== sessionToken) throw dialect.invalidToken(sessionToken)
  if (credential.expiration !== undefined && request.now >= credential.expiration)
    throw dialect.expiredToken(sessionToken ?? '')
}

/** Refuses keys that are unknown, switched off, or temporary without their token. */
export function usableCredential(
  { dialect }: Received,
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
