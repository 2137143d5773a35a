/** Something about a resource policy that AWS objects to. */
export interface PolicyProblem {
  readonly check: 'JSON' | 'POLICY_GRAMMAR' | 'BLOCK_PUBLIC_POLICY'
  readonly message: string
}

interface Statement {
  readonly Effect?: unknown
  readonly Principal?: unknown
  readonly Action?: unknown
  readonly NotAction?: unknown
  readonly Condition?: unknown
}

const isAnyone = (principal: unknown): boolean =>
  principal === '*' ||
  (typeof principal === 'object' &&
    principal !== null &&
    Object.values(principal).some(value => value === '*' || (Array.isArray(value) && value.includes('*'))))

function statementProblems(statement: Statement): PolicyProblem[] {
  const problems: PolicyProblem[] = []
  const grammar = (message: string): void => {
    problems.push({ check: 'POLICY_GRAMMAR', message })
  }
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') grammar('Effect must be Allow or Deny.')
  if (statement.Principal === undefined && !('NotPrincipal' in statement))
    grammar('A resource policy names a Principal in each statement.')
  if (statement.Action === undefined && statement.NotAction === undefined) grammar('Action is missing.')
  if (statement.Effect === 'Allow' && isAnyone(statement.Principal) && statement.Condition === undefined)
    problems.push({
      check: 'BLOCK_PUBLIC_POLICY',
      message: 'The resource policy grants broad access to the secret.',
    })
  return problems
}

/** What AWS would say of a resource policy; empty when it is fine. */
export function policyProblems(text: string): PolicyProblem[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return [{ check: 'JSON', message: 'This resource policy contains invalid Json.' }]
  }
  const statement = (document as { Statement?: unknown } | null)?.Statement
  if (typeof statement !== 'object' || statement === null)
    return [{ check: 'POLICY_GRAMMAR', message: 'The resource policy has no Statement.' }]
  const statements = (Array.isArray(statement) ? statement : [statement]) as Statement[]
  return statements.flatMap(statementProblems)
}
