import { removeSecret } from './change-secret.ts'
import { nextRotation } from './rotation-rules.ts'
import { findSecret } from './secret-ids.ts'
import { current, pending, versionAt, versionsOf } from './stages.ts'
import { type Scope, type SecretRecord, type SecretsState, secrets } from './state.ts'

function dueOf({ deletion, rotation, primaryRegion }: SecretRecord): number | undefined {
  if (deletion !== undefined) return deletion
  return rotation?.enabled && primaryRegion === undefined ? rotation.next : undefined
}

async function runDue(state: SecretsState, scope: Scope, arn: string): Promise<void> {
  const now = state.clock.now()
  const rotating = await state.store.transaction(writer => {
    const located = findSecret(writer, arn, scope)
    const due = located && dueOf(located.secret)
    if (located === undefined || due === undefined || due > now) return undefined
    if (located.secret.deletion !== undefined) {
      removeSecret(writer, located)
      return undefined
    }
    const waiting = versionAt(versionsOf(writer, located), pending)
    const unfinished = waiting !== undefined && !waiting.stages.includes(current) ? waiting.id : undefined
    // The date after this one stands before the function runs, so that a failing one is tried again then.
    const { next: _due, ...rest } = located.secret.rotation ?? { enabled: false, functionArn: '', rules: {} }
    const next = nextRotation(rest.rules, now)
    const rotation = next === undefined ? rest : { ...rest, next }
    secrets.put(writer, { ...located.secret, rotation }, scope.account, scope.region, located.secret.name)
    return { secret: located.secret, token: unfinished ?? state.ids.uuid() }
  })
  if (rotating !== undefined) await state.onRotationDue(state, scope, rotating.secret, rotating.token)
  await armSecret(state, scope, arn)
}

/** Sets the timer for what comes next for a secret, in place of the one that waits. */
export async function armSecret(state: SecretsState, scope: Scope, arn: string): Promise<void> {
  state.timers.get(arn)?.()
  state.timers.delete(arn)
  const secret = await state.store.read(reader => findSecret(reader, arn, scope)?.secret)
  const due = secret && dueOf(secret)
  if (due === undefined) return
  const cancel = state.clock.after(Math.max(0, due - state.clock.now()), () => {
    state.timers.delete(arn)
    const end = state.activity.begin(`secretsmanager: schedule of ${arn}`)
    runDue(state, scope, arn)
      .catch(error => state.log.error({ error, arn }, 'what was due for a secret could not be done'))
      .finally(end)
  })
  state.timers.set(arn, cancel)
}

/** Does what fell due while nobody looked and sets the timers of all secrets; at start. */
export async function armAllSecrets(state: SecretsState): Promise<void> {
  const all = await state.store.read(reader => [...secrets.under(reader)])
  for (const [[account, region], secret] of all)
    if (dueOf(secret) !== undefined)
      await runDue(state, { account: String(account), region: String(region) }, secret.arn)
}
