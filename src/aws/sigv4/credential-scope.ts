/** Which day, region and service a signature is good for. */
export interface CredentialScope {
  /** `20150830`. */
  readonly date: string
  /** Empty for SigV4A, whose regions stand in `X-Amz-Region-Set`. */
  readonly region: string
  readonly service: string
  /** `aws4_request`. */
  readonly terminal: string
}

/** An access key with its scope, as `Credential=` writes them. */
export interface ScopedCredential {
  readonly accessKeyId: string
  readonly scope: CredentialScope
}

/** Reads `AKID/20150830/us-east-1/iam/aws4_request` (SigV4A: without the region); undefined where the count is wrong. */
export function parseCredential(text: string, regional: boolean): ScopedCredential | undefined {
  const parts = text.split('/')
  if (parts.length !== (regional ? 5 : 4)) return undefined
  const [accessKeyId = '', date = ''] = parts
  const [service = '', terminal = ''] = parts.slice(-2)
  return { accessKeyId, scope: { date, region: regional ? (parts[2] ?? '') : '', service, terminal } }
}

/** `20150830/us-east-1/iam/aws4_request`. */
export function scopeText(scope: CredentialScope): string {
  return scope.region === ''
    ? `${scope.date}/${scope.service}/${scope.terminal}`
    : `${scope.date}/${scope.region}/${scope.service}/${scope.terminal}`
}
