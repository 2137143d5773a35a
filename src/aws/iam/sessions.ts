import type { Clock, Ids } from '../../ports/index.ts'
import type { Store, Writer } from '../../stores/index.ts'
import type { Principal } from '../principal.ts'
import type { SessionRecord } from './session-record.ts'
import { identityTables } from './tables.ts'
import { accessKeyId, secretAccessKey, sessionToken } from './unique-ids.ts'

/** What temporary credentials are made of. */
export interface SessionRequest {
  readonly account: string
  readonly durationSeconds: number
  /** Makes the principal once its access key is known. */
  readonly principal: (accessKeyId: string) => Principal
}

/** Gives out temporary credentials and keeps them until they expire. */
export async function openSession(
  store: Store,
  { ids, clock }: { readonly ids: Ids; readonly clock: Pick<Clock, 'now'> },
  request: SessionRequest,
): Promise<SessionRecord> {
  const now = clock.now()
  const id = accessKeyId('ASIA', request.account, ids)
  const principal = request.principal(id)
  const session: SessionRecord = {
    accessKeyId: id,
    secretAccessKey: secretAccessKey(ids),
    sessionToken: sessionToken(ids),
    // AWS's times are whole seconds.
    expiration: (Math.floor(now / 1000) + request.durationSeconds) * 1000,
    principal: {
      ...principal,
      sessionContext: {
        'aws:TokenIssueTime': new Date(now).toISOString(),
        ...principal.sessionContext,
      },
    },
  }
  // Every sixteenth session sweeps up those that are over, so that a store that lives for months stays small.
  const sweeps = (ids.bytes(1)[0] ?? 0) % 16 === 0
  await store.transaction(writer => {
    if (sweeps) sweep(writer, now)
    identityTables.sessions.put(writer, session, id)
  })
  return session
}

/** Expired credentials are known for a day, so that they are refused as expired and not as unknown. */
function sweep(writer: Writer, now: number): void {
  const over = [...identityTables.sessions.under(writer)].filter(
    ([, session]) => session.expiration < now - 86_400_000,
  )
  for (const [key] of over) identityTables.sessions.remove(writer, ...key)
}
