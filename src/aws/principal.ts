/** Who calls: what a verified signature or a token stands for. */
export interface Principal {
  readonly kind: 'root' | 'user' | 'assumed-role' | 'federated-user' | 'service' | 'anonymous'
  readonly account: string
  /** `arn:aws:iam::…:user/x`, `arn:aws:sts::…:assumed-role/r/session`, `arn:aws:iam::…:root`; `*` for anonymous. */
  readonly arn: string
  /** `AIDA…`, `AROA…:session`, the account for root. */
  readonly userId: string
  readonly accessKeyId?: string
  /** The role's own ARN where a session speaks for it. */
  readonly roleArn?: string
  /** The user whose policies bound a federated user. */
  readonly issuerArn?: string
  /** `aws:PrincipalTag/…`. */
  readonly tags: Readonly<Record<string, string>>
  /** Condition keys that the sign-in brought: `cognito-identity.amazonaws.com:sub`, `aws:FederatedProvider` … */
  readonly sessionContext: Readonly<Record<string, string | readonly string[]>>
  /** Session policies that came with AssumeRole and its sisters, parsed. */
  readonly sessionPolicies: readonly unknown[]
}

/** Nobody in particular, of an account where one counts; `name` is whom an authorizer says it is. */
export const anonymousPrincipal = (account: string, name?: string): Principal => ({
  kind: 'anonymous',
  account,
  arn: name ?? '*',
  userId: name ?? 'anonymous',
  tags: {},
  sessionContext: {},
  sessionPolicies: [],
})

/** From where and when a request came, for the condition keys that ask. */
export interface Circumstances {
  readonly region: string
  readonly sourceIp: string
  readonly secure: boolean
  readonly userAgent: string | undefined
  readonly referer?: string | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/** One permission that a request needs. */
export interface AccessRequest {
  /** `dynamodb:PutItem`. */
  readonly action: string
  /** ARNs; `*` for actions without resources. */
  readonly resources: readonly string[]
  /** Service condition keys: `s3:prefix`, `dynamodb:LeadingKeys` … */
  readonly conditions?: Readonly<Record<string, string | number | boolean | readonly string[]>>
  /** The resource's own policy document, parsed or (compiled once for each text) as JSON text. */
  readonly resourcePolicy?: unknown
  /** The resource's policy must allow even callers of its own account: trust policies, KMS keys. */
  readonly resourcePolicyMustAllow?: boolean
  /** The resource's policy may forbid something to its own account's root: S3's buckets. */
  readonly policyBindsOwner?: boolean
  /** Who asks, where it is not the caller: the signer of a browser's form. */
  readonly principal?: Principal
  /** The account that owns the resources, where it is not the caller's. */
  readonly resourceAccount?: string
}
