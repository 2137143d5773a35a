import { malformedPolicy } from '../buckets/configuration-errors.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

const statementKeys: ReadonlySet<string> = new Set(
  'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' '),
)
const principalKinds: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser'])
const principal = /^(?:\*|\d{12}|arn:[^:]+:(?:iam|sts)::\d{12}:.+|A[IR][A-Z]{2}[A-Z0-9]+)$/

/** Parses a bucket's policy; refuses what S3 refuses. The first two texts are recorded, the others are S3's as reported:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html */
export function checkPolicy(text: string, bucket: string): Json {
  if (Buffer.byteLength(text) > 20 * 1024)
    throw malformedPolicy('Normalized policy document exceeds the maximum allowed size')
  const policy = parse(text)
  const { Version, Statement } = policy
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17')
    throw malformedPolicy('The policy must contain a valid version string')
  if (Statement === undefined) throw malformedPolicy('Missing required field Statement')
  for (const key of Object.keys(policy))
    if (key !== 'Version' && key !== 'Id' && key !== 'Statement')
      throw malformedPolicy(`Unknown field ${key}`)
  const statements = listOf(Statement)
  if (statements.length === 0) throw malformedPolicy('Could not parse the policy: Statement is empty!')
  for (const statement of statements) checkStatement(statement, bucket)
  return policy
}

function parse(text: string): Json {
  const wrong = () => malformedPolicy("Policies must be valid JSON and the first byte must be '{'")
  if (!text.startsWith('{')) throw wrong()
  try {
    return JSON.parse(text) as Json
  } catch {
    throw wrong()
  }
}

function checkStatement(statement: unknown, bucket: string): void {
  if (!isObject(statement)) throw malformedPolicy('Invalid policy syntax.')
  for (const key of Object.keys(statement))
    if (!statementKeys.has(key)) throw malformedPolicy(`Unknown field ${key}`)
  const { Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement
  if (Effect === undefined) throw malformedPolicy('Missing required field Effect')
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformedPolicy(`Invalid effect: ${String(Effect)}`)
  if (Principal === undefined && NotPrincipal === undefined)
    throw malformedPolicy('Missing required field Principal')
  checkPrincipal(Principal ?? NotPrincipal)
  const actions = listOf(Action ?? NotAction)
  if (actions.length === 0) throw malformedPolicy('Missing required field Action')
  for (const action of actions)
    if (typeof action !== 'string' || !/^(?:\*|s3:[A-Za-z*?]+|s3-object-lambda:[A-Za-z*?]+)$/i.test(action))
      throw malformedPolicy('Policy has invalid action')
  const resources = listOf(Resource ?? NotResource)
  if (resources.length === 0) throw malformedPolicy('Missing required field Resource')
  checkResources(resources, actions as readonly string[], bucket, Action !== undefined)
}

function checkPrincipal(given: unknown): void {
  if (given === '*') return
  if (!isObject(given) || Object.keys(given).length === 0) throw malformedPolicy('Invalid policy syntax.')
  for (const [kind, names] of Object.entries(given)) {
    if (!principalKinds.has(kind)) throw malformedPolicy('Invalid policy syntax.')
    for (const name of listOf(names))
      if (typeof name !== 'string' || (kind === 'AWS' && !principal.test(name)))
        throw malformedPolicy('Invalid principal in policy')
  }
}

function checkResources(
  resources: readonly unknown[],
  actions: readonly string[],
  bucket: string,
  checkActions: boolean,
): void {
  const own = `arn:aws:s3:::${bucket}`
  let ofBucket = false
  let ofObjects = false
  for (const resource of resources) {
    if (typeof resource !== 'string') throw malformedPolicy('Policy has invalid resource')
    const path = resource.replace(/^arn:aws(?:-[a-z-]+)?:s3:::/, '')
    if (path === resource && resource !== '*') throw malformedPolicy('Policy has invalid resource')
    const name = path.split('/', 1)[0] ?? ''
    if (!matches(name, bucket)) throw malformedPolicy('Policy has invalid resource')
    ofObjects ||= path.includes('/') || /[*?]/.test(name)
    ofBucket ||= !path.includes('/') || resource === own
  }
  if (!checkActions) return
  for (const action of actions) {
    const kind = kindOf(action)
    if ((kind === 'object' && !ofObjects) || (kind === 'bucket' && !ofBucket))
      throw malformedPolicy('Action does not apply to any resource(s) in statement')
  }
}

function matches(pattern: string, name: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(name)
}

/** Actions on objects have `Object` in their name; those that list or configure, and multipart listings, are the bucket's. */
function kindOf(action: string): 'object' | 'bucket' | 'both' {
  const name = action.replace(/^s3:/i, '')
  if (/[*?]/.test(name)) return 'both'
  if (/^(?:Get|Put)(?:BucketObjectLockConfiguration)$/.test(name)) return 'bucket'
  if (/Object|MultipartUploadParts|^AbortMultipartUpload$/.test(name)) return 'object'
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
  if (/^(?:BypassGovernanceRetention|Replicate(?:Delete|Tags)|InitiateReplication)$/.test(name))
    return 'object'
  return 'bucket'
}
