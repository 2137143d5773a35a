import type { Principal } from '../../principal.ts'
import { textList } from './conditions.ts'

/**
 * How a policy names the caller, which decides what else must allow: itself; its role (or the user that a federated
 * session speaks for); everybody; or only its account,
 * which leaves the decision to the account's own policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type PrincipalMatch = 'identity' | 'role' | 'everyone' | 'account'

/** Tells how a Principal element names a caller; undefined where it does not. */
export type PrincipalMatcher = (principal: Principal) => PrincipalMatch | undefined

/** Compiles `"*"`, `{ "AWS": […], "Service": […], "Federated": […] }`. */
export function compilePrincipal(element: unknown): PrincipalMatcher {
  if (element === '*') return () => 'everyone'
  if (typeof element !== 'object' || element === null) return () => undefined
  const entries = element as Readonly<Record<string, unknown>>
  const aws = textList(entries['AWS'] ?? [])
  const named = new Set([
    ...aws,
    ...textList(entries['Service'] ?? []),
    ...textList(entries['Federated'] ?? []),
    ...textList(entries['CanonicalUser'] ?? []),
  ])
  const accounts = new Set(aws.flatMap(text => accountOf(text) ?? []))
  const everyone = aws.includes('*')
  const everyFederated = textList(entries['Federated'] ?? []).includes('*')
  return principal => {
    if (named.has(principal.arn) || named.has(principal.userId)) return 'identity'
    const behind = principal.roleArn ?? principal.issuerArn
    // An account's root ARN is the account, whoever gave the session out.
    if (behind !== undefined && named.has(behind) && !behind.endsWith(':root')) return 'role'
    if (everyone || (everyFederated && principal.kind === 'federated-user')) return 'everyone'
    return principal.kind !== 'anonymous' && principal.kind !== 'service' && accounts.has(principal.account)
      ? 'account'
      : undefined
  }
}

/** `123456789012` and `arn:aws:iam::123456789012:root` both mean the account. */
function accountOf(text: string): string | undefined {
  return /^\d{12}$/.test(text) ? text : /^arn:[^:]+:iam::(\d{12}):root$/.exec(text)?.[1]
}
