import type { CORSRule } from '@aws-sdk/client-s3'
import { AwsError, type CrossOriginRule } from '../../../aws/index.ts'
import { findBucket } from '../buckets/bucket.ts'
import { configuration } from '../buckets/configuration.ts'
import type { S3State } from '../state.ts'

type Headers = readonly (readonly [name: string, value: string])[]

/** One `*` stands for anything. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*')
  if (star < 0) return pattern === text
  const before = pattern.slice(0, star)
  const behind = pattern.slice(star + 1)
  return text.length >= before.length + behind.length && text.startsWith(before) && text.endsWith(behind)
}

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => name !== '')

function findRule(
  rules: readonly CORSRule[],
  origin: string,
  method: string,
  asked: readonly string[],
): CORSRule | undefined {
  return rules.find(
    rule =>
      rule.AllowedMethods?.includes(method) &&
      rule.AllowedOrigins?.some(pattern => matches(pattern, origin)) &&
      asked.every(name => rule.AllowedHeaders?.some(pattern => matches(pattern.toLowerCase(), name))),
  )
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
function headersOf(rule: CORSRule, origin: string, asked: readonly string[]): Headers {
  const everybody = rule.AllowedOrigins?.includes('*') === true
  const headers: [string, string][] = [
    ['Access-Control-Allow-Origin', everybody ? '*' : origin],
    ['Access-Control-Allow-Methods', (rule.AllowedMethods ?? []).join(', ')],
  ]
  if (asked.length > 0) headers.push(['Access-Control-Allow-Headers', asked.join(', ')])
  if (rule.ExposeHeaders !== undefined && rule.ExposeHeaders.length > 0)
    headers.push(['Access-Control-Expose-Headers', rule.ExposeHeaders.join(', ')])
  if (rule.MaxAgeSeconds !== undefined) headers.push(['Access-Control-Max-Age', String(rule.MaxAgeSeconds)])
  if (!everybody) headers.push(['Access-Control-Allow-Credentials', 'true'])
  headers.push(['Vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method'])
  return headers
}

const badRequest = (message: string): AwsError => new AwsError('BadRequest', message, { statusCode: 400 })

/** What a page of another origin may do with a bucket. Refusals recorded. */
export const crossOrigin: CrossOriginRule<S3State> = ({ store }, question) => {
  const { method, path, headers, trusted } = question
  const [, bucket = '', ...rest] = path.split('/')
  const { origin } = headers
  const first = method === 'OPTIONS'
  const asksFor = headers['access-control-request-method']
  const wanted = first ? asksFor : method
  return store.read(reader => {
    const known = findBucket(reader, bucket)
    const rules = configuration<{ CORSRules: CORSRule[] }>(reader, known?.name ?? '', 'cors')?.CORSRules
    const asked = listed(headers['access-control-request-headers'])
    if (!first) {
      if (rules === undefined || origin === undefined) return undefined
      // Headers that are asked for count here too (recorded). No headers at all: not even for this machine's pages.
      const rule = findRule(rules, origin, asksFor ?? method, asked)
      return rule === undefined ? [] : headersOf(rule, origin, asked)
    }
    // Pages of this machine may use what nobody made rules for.
    if (trusted && rules === undefined) return undefined
    if (origin === undefined) throw badRequest('Insufficient information. Origin request header needed.')
    const refused = (message: string, type = 'BUCKET'): AwsError =>
      new AwsError('AccessForbidden', `CORSResponse: ${message}`, {
        statusCode: 403,
        detail: { Method: wanted ?? 'OPTIONS', ResourceType: type },
      })
    if (known === undefined) throw refused('Bucket not found')
    if (rules === undefined) throw refused('CORS is not enabled for this bucket.')
    if (wanted === undefined || !['GET', 'PUT', 'HEAD', 'POST', 'DELETE'].includes(wanted))
      throw badRequest(`Invalid Access-Control-Request-Method: ${wanted ?? 'null'}`)
    const rule = findRule(rules, origin, wanted, asked)
    if (rule === undefined)
      throw refused(
        "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
        rest.join('') === '' ? 'BUCKET' : 'OBJECT',
      )
    return headersOf(rule, origin, asked)
  })
}
