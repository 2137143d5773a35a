/** What a request's signature says of where it is meant to go; nothing of it is verified here. */
export interface CredentialScope {
  /** The service's signing name, `s3`. */
  readonly signingName: string
  /** Empty for SigV2 and SigV4A, which name none. */
  readonly region: string
}

/** Reads the scope out of the `Authorization` header or of a pre-signed URL; undefined where the request is unsigned. */
export function credentialScope(
  headers: Readonly<Record<string, string>>,
  query: readonly (readonly [name: string, value: string])[],
): CredentialScope | undefined {
  const { authorization } = headers
  if (authorization !== undefined) {
    const credential = /Credential=([^,\s]+)/.exec(authorization)?.[1]
    if (credential !== undefined) return scopeOf(credential)
    // SigV2: only S3 still takes it.
    if (/^AWS [^:]+:/.test(authorization)) return { signingName: 's3', region: '' }
  }
  for (const [name, value] of query) {
    if (name.toLowerCase() === 'x-amz-credential') return scopeOf(value)
    if (name === 'AWSAccessKeyId') return { signingName: 's3', region: '' }
  }
  return undefined
}

/** `key/date/region/service/aws4_request`, or without the region in SigV4A; an access key id may hold slashes. */
function scopeOf(credential: string): CredentialScope | undefined {
  const terminal = credential.lastIndexOf('/')
  const service = credential.lastIndexOf('/', terminal - 1)
  const region = credential.lastIndexOf('/', service - 1)
  if (region < 0 || !credential.endsWith('/aws4_request')) return undefined
  const date = credential.lastIndexOf('/', region - 1)
  const dated = /^\d{8}$/.test(credential.slice(date + 1, region))
  return {
    signingName: credential.slice(service + 1, terminal),
    region: dated ? credential.slice(region + 1, service) : '',
  }
}
