import { arnOf } from './names.ts'
import { removeParameter } from './records.ts'
import { type ParameterPolicy, parameters, type Scope, type SsmState, versions } from './state.ts'

const keyOf = ({ account, region }: Scope, path: string): string => `${account} ${region} ${path}`

function announce(state: SsmState, scope: Scope, path: string, policy: ParameterPolicy, name: string): void {
  const { type, text } = policy
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
  state.events.emit({
    source: 'ssm',
    type: 'Parameter Store Policy Action',
    account: scope.account,
    region: scope.region,
    time: state.clock.now(),
    detail: {
      'parameter-name': name,
      'parameter-arn': arnOf(scope, path),
      'policy-type': type,
      'policy-content': text,
      'action-status': 'Success',
      'action-reason': '',
    },
  })
}

/** Does what is due by now for one parameter and sets the timer for what comes next. */
async function runDue(state: SsmState, scope: Scope, path: string): Promise<void> {
  const now = state.clock.now()
  const key = [scope.account, scope.region, path] as const
  const done = await state.store.transaction(writer => {
    const record = parameters.get(writer, ...key)
    const version = record && versions.get(writer, ...key, record.latest)
    if (record === undefined || version === undefined) return undefined
    const due = version.policies.filter(policy => policy.status === 'Pending' && policy.due <= now)
    if (due.some(policy => policy.type === 'Expiration')) removeParameter(writer, scope, path)
    else if (due.length > 0) {
      const policies = version.policies.map(policy =>
        due.includes(policy) ? { ...policy, status: 'Finished' as const } : policy,
      )
      versions.put(writer, { ...version, policies }, ...key, record.latest)
    }
    return { due, name: record.name }
  })
  for (const policy of done?.due ?? []) announce(state, scope, path, policy, done?.name ?? path)
  await armPolicies(state, scope, path)
}

/** Sets the timer for the next policy of a parameter, in place of the one that waits. */
export async function armPolicies(state: SsmState, scope: Scope, path: string): Promise<void> {
  const timerKey = keyOf(scope, path)
  const policies = await state.store.read(reader => {
    const record = parameters.get(reader, scope.account, scope.region, path)
    return record && versions.get(reader, scope.account, scope.region, path, record.latest)?.policies
  })
  state.policyTimers.get(timerKey)?.()
  state.policyTimers.delete(timerKey)
  const pending = (policies ?? []).filter(policy => policy.status === 'Pending').map(policy => policy.due)
  if (pending.length === 0) return
  const wait = Math.max(0, Math.min(...pending) - state.clock.now())
  const cancel = state.clock.after(wait, () => {
    const end = state.activity.begin(`ssm: policies of ${path}`)
    runDue(state, scope, path)
      .catch(error => state.log.error({ error, path }, 'the policies of a parameter could not be applied'))
      .finally(end)
  })
  state.policyTimers.set(timerKey, cancel)
}

/** Does what fell due while nobody looked and sets the timers of all parameters; at start. */
export async function armAllPolicies(state: SsmState): Promise<void> {
  const found = await state.store.read(reader =>
    [...versions.under(reader)].filter(([, { policies }]) => policies.length > 0),
  )
  for (const [[account, region, path]] of found)
    await runDue(state, { account: String(account), region: String(region) }, String(path))
}
