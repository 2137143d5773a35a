/** Condition keys whose fixed values keep a statement from being public. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
const narrowing: ReadonlySet<string> = new Set(
  `aws:principalarn aws:principalaccount aws:principalorgid aws:principalorgpaths aws:sourcearn aws:sourceaccount
   aws:sourceip aws:sourcevpc aws:sourcevpce aws:userid aws:sourceowner s3:dataaccesspointarn
   s3:dataaccesspointaccount s3:x-amz-server-side-encryption-aws-kms-key-id`.split(/\s+/),
)

interface Statement {
  readonly Effect?: string
  readonly Principal?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

function isEverybody(principal: unknown): boolean {
  if (principal === '*') return true
  if (typeof principal !== 'object' || principal === null) return false
  return list((principal as Record<string, unknown>)['AWS']).includes('*')
}

/** Whether a statement is narrowed to somebody by a condition with values that are no wildcards. */
function isNarrowed({ Condition: condition = {} }: Statement): boolean {
  return Object.entries(condition).some(
    ([operator, keys]) =>
      !/IfExists|Not|Null/i.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) =>
          narrowing.has(key.toLowerCase()) &&
          list(values).every(
            value => !/[*?]|\$\{/.test(String(value)) && !/^(?:0\.0\.0\.0|::)\/0$/.test(String(value)),
          ),
      ),
  )
}

/** Whether a bucket's policy lets anybody in. */
export function isPublicPolicy(text: string): boolean {
  const { Statement: statements } = JSON.parse(text) as { Statement?: Statement | Statement[] }
  return (list(statements) as Statement[]).some(
    statement => statement?.Effect === 'Allow' && isEverybody(statement.Principal) && !isNarrowed(statement),
  )
}
