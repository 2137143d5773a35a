import type { Store } from '../../stores/index.ts'
import type { Credential, CredentialsDirectory } from '../sigv4/index.ts'
import { rootPrincipal, userPrincipal } from './known-principals.ts'
import { identityTables } from './tables.ts'

/** A key of an account's owner, out of the configuration. */
export interface RootCredential {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly account: string
}

/** Finds access keys: the configuration's root keys, users' keys and STS's temporary ones. */
export function createDirectory(store: Store, roots: readonly RootCredential[]): CredentialsDirectory {
  const known = new Map<string, Credential>(
    roots.map(({ accessKeyId, secretAccessKey, account }) => [
      accessKeyId,
      { accessKeyId, secretAccessKey, status: 'Active', principal: rootPrincipal(account, accessKeyId) },
    ]),
  )
  return {
    find: accessKeyId =>
      known.get(accessKeyId) ??
      store.read((reader): Credential | undefined => {
        const session = identityTables.sessions.get(reader, accessKeyId)
        if (session !== undefined) return { ...session, status: 'Active' }
        const key = identityTables.accessKeys.get(reader, accessKeyId)
        if (key === undefined) return undefined
        const user = identityTables.users.get(reader, key.account, key.userName)
        if (user === undefined) return undefined
        return {
          accessKeyId,
          secretAccessKey: key.secretAccessKey,
          status: key.status,
          principal: userPrincipal(key.account, user, accessKeyId),
        }
      }),
  }
}
