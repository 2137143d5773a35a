import { parseOperator } from './conditions.ts'

/** What a document is for: that decides which elements it must and may not have. */
export type PolicyUse = 'identity' | 'trust' | 'resource' | 'session'

type Json = Readonly<Record<string, unknown>>

const syntax = 'Syntax errors in policy.'
const trustActions =
  /^(?:\*|sts:(?:\*|AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity|SetContext|AssumeRole\*|Assume\*))$/i
const statementKeys: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'Principal',
  'NotPrincipal',
])

/**
 * Says what IAM would say against a document (the message of MalformedPolicyDocument); undefined where it is fine.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html; messages as IAM words them.
 */
export function policyProblem(text: string, use: PolicyUse): string | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return use === 'trust' ? 'This policy contains invalid Json' : syntax
  }
  if (!isObject(parsed)) return syntax
  const version = parsed['Version']
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17')
    return use === 'identity'
      ? 'Policy document must be version 2012-10-17 or greater.'
      : 'The policy must contain a valid version string.'
  if (Object.keys(parsed).some(key => key !== 'Version' && key !== 'Id' && key !== 'Statement')) return syntax
  const statements = listOf(parsed['Statement'])
  if (parsed['Statement'] === undefined || (statements.length === 0 && use !== 'session')) return syntax
  const sids = statements.flatMap(item =>
    isObject(item) && typeof item['Sid'] === 'string' ? [item['Sid']] : [],
  )
  for (const statement of statements) {
    const problem = isObject(statement) ? statementProblem(statement, use) : syntax
    if (problem !== undefined) return problem
  }
  const named = sids.filter(sid => sid !== '')
  if (new Set(named).size !== named.length) return 'Statement IDs (SID) in a single policy must be unique.'
  return undefined
}

function statementProblem(statement: Json, use: PolicyUse): string | undefined {
  if (Object.keys(statement).some(key => !statementKeys.has(key))) return syntax
  const { Sid: sid, Effect: effect } = statement
  if (sid !== undefined && typeof sid !== 'string') return syntax
  if (use !== 'resource' && typeof sid === 'string' && !/^[0-9A-Za-z]*$/.test(sid))
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
  if (effect === undefined) return 'Missing required field Effect'
  if (effect !== 'Allow' && effect !== 'Deny') return syntax
  return (
    principalProblem(statement, use) ??
    actionProblem(statement, use) ??
    resourceProblem(statement, use) ??
    conditionProblem(statement['Condition'])
  )
}

function principalProblem(statement: Json, use: PolicyUse): string | undefined {
  const has = 'Principal' in statement || 'NotPrincipal' in statement
  if (use === 'identity' || use === 'session')
    return has ? 'Policy document should not specify a principal.' : undefined
  if (!has) return 'Missing required field Principal'
  const principal = statement['Principal'] ?? statement['NotPrincipal']
  if (principal === '*') return undefined
  if (!isObject(principal) || Object.keys(principal).length === 0) return syntax
  for (const [type, names] of Object.entries(principal)) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(type)) return syntax
    for (const name of listOf(names)) {
      if (typeof name !== 'string') return syntax
      if (
        type === 'AWS' &&
        !/^(?:\*|\d{12}|arn:[^:]+:(?:iam|sts)::\d{12}:.+|A[IR][A-Z]{2}[A-Z0-9]+)$/.test(name)
      )
        return `Invalid principal in policy: "AWS":"${name}"`
      if (type === 'Service' && !/^[a-z0-9.*-]+$/i.test(name))
        return `Invalid principal in policy: "SERVICE":"${name}"`
    }
  }
  return undefined
}

function actionProblem(statement: Json, use: PolicyUse): string | undefined {
  const actions = listOf(statement['Action'] ?? statement['NotAction'])
  if ('Action' in statement && 'NotAction' in statement) return syntax
  if (actions.length === 0)
    return use === 'trust' ? 'Missing required field Action' : 'Policy statement must contain actions.'
  for (const action of actions) {
    if (typeof action !== 'string') return syntax
    if (use === 'trust' && !trustActions.test(action))
      return 'AssumeRole policy may only specify STS AssumeRole actions.'
    if (action === '*') continue
    const [vendor = '', name, ...rest] = action.split(':')
    if (name === undefined)
      return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
    if (rest.length > 0) return 'Actions/Condition can contain only one colon.'
    if (!/^[a-zA-Z0-9.*?-]+$/.test(vendor)) return `Vendor ${vendor} is not valid`
  }
  return undefined
}

function resourceProblem(statement: Json, use: PolicyUse): string | undefined {
  const has = 'Resource' in statement || 'NotResource' in statement
  if (use === 'trust') return has ? 'Has prohibited field Resource' : undefined
  if ('Resource' in statement && 'NotResource' in statement) return syntax
  const resources = listOf(statement['Resource'] ?? statement['NotResource'])
  if (!has || resources.length === 0)
    return use === 'resource' ? undefined : 'Policy statement must contain resources.'
  for (const resource of resources) {
    if (typeof resource !== 'string') return syntax
    const problem = use === 'resource' ? undefined : arnProblem(resource)
    if (problem !== undefined) return problem
  }
  return undefined
}

function arnProblem(resource: string): string | undefined {
  if (resource === '*') return undefined
  const [scheme, partition, service, region] = resource.split(':')
  if (scheme !== 'arn' && scheme !== '*') return `Resource ${resource} must be in ARN format or "*".`
  if (partition !== undefined && !/^(?:aws(?:-[a-z-]+)?|\*|.*[*?$].*)$/.test(partition))
    return `Partition "${partition}" is not valid for resource "${resource}".`
  if (resource.split(':').length < 6 && !resource.includes('*')) return 'The policy failed legacy parsing'
  if (service === 'iam' && region !== undefined && region !== '' && region !== '*')
    return `IAM resource ${resource} cannot contain region information.`
  if (service === 's3' && region !== undefined && region !== '' && region !== '*')
    return `Resource ${resource} can not contain region information.`
  return undefined
}

function conditionProblem(condition: unknown): string | undefined {
  if (condition === undefined) return undefined
  if (!isObject(condition)) return syntax
  for (const [operator, keys] of Object.entries(condition)) {
    if (parseOperator(operator) === undefined || !isObject(keys)) return syntax
    for (const values of Object.values(keys))
      if (listOf(values).some(value => value === null || typeof value === 'object')) return syntax
  }
  return undefined
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
