import { AwsError } from '../../../aws/index.ts'
import { accessDenied } from '../errors.ts'

/** How long the file may be; bytes. */
export interface LengthRange {
  readonly from: number
  readonly to: number
}

type Condition = Readonly<Record<string, unknown>> | readonly unknown[]

const invalid = (what: string): AwsError =>
  new AwsError('InvalidPolicyDocument', `Invalid Policy: ${what}`, { statusCode: 400 })

const failed = (condition: unknown): AwsError =>
  accessDenied(`Invalid according to Policy: Policy Condition failed: ${show(condition)}`)

/** `["eq", "$key", "x"]`, a blank after each comma, everything in quotes: recorded. */
function show(condition: unknown): string {
  return `[${(condition as unknown[]).map(part => JSON.stringify(String(part))).join(', ')}]`
}

/** Fields that no condition has to mention. */
function isExempt(name: string): boolean {
  return (
    ['awsaccesskeyid', 'signature', 'x-amz-signature', 'file', 'policy', 'submit'].includes(name) ||
    name.startsWith('x-ignore-') ||
    name.startsWith('x-amz-checksum-')
  )
}

/** The policy, decoded; its members are spelt as the documentation spells them. */
function parse(policy: string): { readonly expiration: string; readonly conditions: readonly Condition[] } {
  let document: unknown
  try {
    document = JSON.parse(Buffer.from(policy, 'base64').toString('utf8'))
  } catch {
    throw invalid('Invalid JSON.')
  }
  if (typeof document !== 'object' || document === null) throw invalid('Invalid JSON.')
  const { expiration, conditions, ...others } = document as Record<string, unknown>
  const [unexpected] = Object.keys(others)
  if (unexpected !== undefined) throw invalid(`Unexpected: '${unexpected}'`)
  if (expiration === undefined) throw invalid('Policy missing expiration.')
  if (conditions === undefined || !Array.isArray(conditions)) throw invalid('Policy missing conditions.')
  if (typeof expiration !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(expiration))
    throw invalid(`Invalid 'expiration' value: '${String(expiration)}'`)
  return { expiration, conditions: conditions as Condition[] }
}

/**
 * Checks that a form keeps its policy and that the policy mentions every field; answers how long the file may be.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function checkPolicy(
  policy: string,
  fields: Readonly<Record<string, string>>,
  bucket: string,
  now: number,
): LengthRange | undefined {
  const { expiration, conditions } = parse(policy)
  if (Date.parse(expiration) <= now) throw accessDenied('Invalid according to Policy: Policy expired.')
  const mentioned = new Set<string>()
  let range: LengthRange | undefined
  const given = (name: string): string => (name === 'bucket' ? bucket : (fields[name] ?? ''))
  for (const condition of conditions) {
    const [kind, place, wanted] = normalised(condition)
    if (kind === 'content-length-range') {
      if (Number(place) < 0 || Number(wanted) < 0) throw invalid('Invalid content-length-range.')
      if (!isLength(place) || !isLength(wanted)) throw failed([kind, place, wanted])
      range = { from: Number(place), to: Number(wanted) }
      continue
    }
    if (typeof place !== 'string' || typeof wanted !== 'string') throw invalid('Invalid Condition.')
    const name = place.replace(/^\$/, '').toLowerCase()
    mentioned.add(name)
    const value = given(name)
    const holds =
      kind === 'eq'
        ? place.startsWith('$') && value === wanted
        : name === 'content-type'
          ? value.split(',').every(part => part.trim().startsWith(wanted))
          : value.startsWith(wanted)
    if (!holds) throw failed([kind, place, wanted])
  }
  const extra = Object.keys(fields).find(name => !isExempt(name) && !mentioned.has(name))
  if (extra !== undefined) throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra}`)
  return range
}

const isLength = (value: unknown): boolean => /^\d+$/.test(String(value))

/** `{ "acl": "public-read" }` is short for `["eq", "$acl", "public-read"]`. */
function normalised(condition: Condition): readonly unknown[] {
  if (Array.isArray(condition)) {
    const [kind, ...rest] = condition as unknown[]
    const lower = String(kind).toLowerCase()
    if (!['eq', 'starts-with', 'content-length-range'].includes(lower) || rest.length !== 2)
      throw invalid('Invalid Condition: wrong number of arguments or unknown operation.')
    return [lower, ...rest]
  }
  const entries = Object.entries(condition as object)
  if (entries.length !== 1)
    throw invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.')
  const [[name, value] = ['', '']] = entries
  if (typeof value !== 'string') throw invalid('Invalid Simple-Condition: value must be a string.')
  return ['eq', `$${name}`, value]
}
