type Json = Readonly<Record<string, unknown>>

/** Conditions that tie a statement to something fixed, so that it is not public. */
const fixing =
  /^(?:aws:(?:SourceIp|SourceArn|SourceVpc|SourceVpce|SourceAccount|SourceOwner|PrincipalOrgID|PrincipalOrgPaths|PrincipalArn|PrincipalAccount|userid)|s3:(?:x-amz-server-side-encryption-aws-kms-key-id|DataAccessPointAccount|DataAccessPointArn))$/i

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/**
 * Whether a policy lets anybody in: `Allow` to `*` without a condition on fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(text: string): boolean {
  const policy = JSON.parse(text) as Json
  return listOf(policy['Statement']).some(statement => isPublicStatement(statement as Json))
}

function isPublicStatement({ Effect, Principal, NotPrincipal, Condition }: Json): boolean {
  if (Effect !== 'Allow') return false
  const named = typeof Principal === 'object' && Principal !== null ? (Principal as Json)['AWS'] : Principal
  if (NotPrincipal === undefined && !listOf(named).includes('*')) return false
  const conditions = Object.entries((Condition ?? {}) as Record<string, Json>)
  return !conditions.some(([operator, keys]) =>
    Object.entries(keys).some(([key, values]) => fixing.test(key) && areFixed(operator, key, values)),
  )
}

function areFixed(operator: string, key: string, values: unknown): boolean {
  if (/^(?:Not|.*Not|Null)/.test(operator)) return false
  return listOf(values).every(value => {
    const text = String(value)
    if (/SourceIp$/i.test(key)) return !/\/[0-7]$/.test(text) && text !== '0.0.0.0/0' && text !== '::/0'
    return !/[*?]/.test(text)
  })
}
