import type { Writer } from '../../stores/index.ts'
import { markedForDeletion, onReplica } from './errors.ts'
import { syncReplicas } from './replicas.ts'
import { type Located, locateSecret } from './secret-ids.ts'
import { type Scope, type SecretRecord, type SecretsState, secrets, versions } from './state.ts'

/** Writes a secret's record and brings its replicas up to date. */
export function putSecret(writer: Writer, { scope, secret }: Located): void {
  secrets.put(writer, secret, scope.account, scope.region, secret.name)
  syncReplicas(writer, { scope, secret })
}

/** Forgets a secret with its versions. */
export function removeSecret(writer: Writer, { scope, secret }: Located): void {
  const { account, region } = scope
  for (const [key] of versions.under(writer, account, region, secret.name)) versions.remove(writer, ...key)
  secrets.remove(writer, account, region, secret.name)
}

/**
 * Changes one secret in a transaction. `change` answers the record to keep, or undefined where nothing changes, with
 * whatever the operation answers; versions it writes itself.
 */
export async function changeSecret<Result>(
  context: Scope & { readonly state: SecretsState },
  secretId: string | undefined,
  change: (
    writer: Writer,
    located: Located,
  ) => { readonly secret?: SecretRecord | undefined; readonly result: Result },
  allow: { readonly deleted?: boolean; readonly replica?: boolean } = {},
): Promise<Result> {
  return context.state.store.transaction(writer => {
    const located = locateSecret(writer, secretId, context)
    if (located.secret.deletion !== undefined && !allow.deleted) throw markedForDeletion()
    if (located.secret.primaryRegion !== undefined && !allow.replica) throw onReplica()
    const { secret, result } = change(writer, located)
    if (secret !== undefined) putSecret(writer, { scope: located.scope, secret })
    return result
  })
}
