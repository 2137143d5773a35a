import { dayOf } from './describe.ts'
import type { FoundValue } from './read-value.ts'
import { type SecretsState, secrets, versions } from './state.ts'

/** Notes the day of the last access of secret and version; writes once a day, so that reading stays a read. */
export async function noteAccess(
  state: SecretsState,
  found: readonly FoundValue[],
  now: number,
): Promise<void> {
  const today = dayOf(now).getTime()
  const stale = found.filter(({ secret, version }) => secret.accessed !== today || version.accessed !== today)
  if (stale.length === 0) return
  await state.store.transaction(writer => {
    for (const { scope, secret, version } of stale) {
      const key = [scope.account, scope.region, secret.name] as const
      const record = secrets.get(writer, ...key)
      const kept = versions.get(writer, ...key, version.id)
      if (record !== undefined) secrets.put(writer, { ...record, accessed: today }, ...key)
      if (kept !== undefined) versions.put(writer, { ...kept, accessed: today }, ...key, version.id)
    }
  })
}
