import {
  incompatiblePolicy,
  invalidPolicyAttribute,
  invalidPolicyType,
  policiesLimitExceeded,
} from './errors.ts'
import type { ParameterPolicy } from './state.ts'

const units: Readonly<Record<string, number>> = { Days: 86_400_000, Hours: 3_600_000 }
const dated = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/

function span(attributes: Record<string, unknown>, amount: string): number {
  const unit = units[String(attributes['Unit'])]
  const count = Number(attributes[amount])
  if (unit === undefined || !Number.isInteger(count) || count < 1) throw invalidPolicyAttribute()
  return count * unit
}

function expirationOf(attributes: Record<string, unknown>, now: number): number {
  const text = attributes['Timestamp']
  const time = typeof text === 'string' && dated.test(text) ? Date.parse(text) : Number.NaN
  if (!(time > now)) throw invalidPolicyAttribute()
  return time
}

interface WrittenPolicy {
  readonly text: string
  readonly type: string
  readonly attributes: Record<string, unknown>
}

function written(entry: unknown): WrittenPolicy {
  if (typeof entry !== 'object' || entry === null) throw invalidPolicyAttribute()
  const { Type: type, Version: version, Attributes: attributes } = entry as Record<string, unknown>
  if (typeof type !== 'string') throw invalidPolicyType()
  if (version !== '1.0' || typeof attributes !== 'object' || attributes === null)
    throw invalidPolicyAttribute()
  return { text: JSON.stringify(entry), type, attributes: attributes as Record<string, unknown> }
}

/**
 * Reads the `Policies` of PutParameter, a JSON array as text. They begin to run with each change of the value.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html
 */
export function parsePolicies(text: string, now: number): ParameterPolicy[] {
  let entries: unknown
  try {
    entries = JSON.parse(text)
  } catch {
    throw invalidPolicyAttribute()
  }
  if (!Array.isArray(entries)) throw invalidPolicyAttribute()
  if (entries.length > 10) throw policiesLimitExceeded()
  const policies = entries.map(written)
  const expirations = policies.filter(policy => policy.type === 'Expiration')
  if (expirations.length > 1) throw incompatiblePolicy()
  const expires = expirations[0] === undefined ? undefined : expirationOf(expirations[0].attributes, now)
  return policies.map(({ text: policyText, type, attributes }): ParameterPolicy => {
    const policy = { text: policyText, status: 'Pending' } as const
    if (type === 'Expiration') return { ...policy, type, due: expires ?? now }
    if (type === 'NoChangeNotification') return { ...policy, type, due: now + span(attributes, 'After') }
    if (type !== 'ExpirationNotification') throw invalidPolicyType()
    // A notification before an expiry that is not there has nothing to tell.
    if (expires === undefined) throw incompatiblePolicy()
    return { ...policy, type, due: expires - span(attributes, 'Before') }
  })
}
