/** Name and value, as IAM lists tags. */
export interface Tag {
  readonly Key: string
  readonly Value: string
}

/** What users, groups and roles carry: documents are kept as the text that was given. */
export interface PolicyHolder {
  readonly inlinePolicies: Readonly<Record<string, string>>
  /** ARNs of managed policies, in the order of their attachment. */
  readonly attachedPolicies: readonly string[]
}

interface Entity {
  readonly path: string
  readonly arn: string
  /** Milliseconds since 1970. */
  readonly createDate: number
}

/** An IAM user. */
export interface UserRecord extends Entity, PolicyHolder {
  readonly userName: string
  readonly userId: string
  readonly tags: readonly Tag[]
  readonly groups: readonly string[]
  /** The ARN of a managed policy. */
  readonly permissionsBoundary?: string
  readonly loginProfile?: {
    readonly createDate: number
    readonly resetRequired: boolean
    readonly password: string
  }
}

/** An IAM group. */
export interface GroupRecord extends Entity, PolicyHolder {
  readonly groupName: string
  readonly groupId: string
}

/** An IAM role. */
export interface RoleRecord extends Entity, PolicyHolder {
  readonly roleName: string
  readonly roleId: string
  readonly description?: string
  /** Seconds. */
  readonly maxSessionDuration: number
  readonly assumeRolePolicyDocument: string
  readonly tags: readonly Tag[]
  readonly permissionsBoundary?: string
  readonly lastUsed?: { readonly date: number; readonly region: string }
}

/** A customer-managed policy with its versions. */
export interface PolicyRecord extends Entity {
  readonly policyName: string
  readonly policyId: string
  readonly description?: string
  readonly updateDate: number
  readonly tags: readonly Tag[]
  readonly defaultVersionId: string
  /** The number of the next version: numbers are never used again. */
  readonly nextVersion: number
  readonly versions: readonly PolicyVersionRecord[]
}

/** One version of a managed policy. */
export interface PolicyVersionRecord {
  readonly versionId: string
  readonly document: string
  readonly createDate: number
}

/** A long-term access key of a user. */
export interface AccessKeyRecord {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly account: string
  readonly userName: string
  readonly status: 'Active' | 'Inactive'
  readonly createDate: number
  readonly lastUsed?: { readonly date: number; readonly region: string; readonly service: string }
}

/** An instance profile, which holds one role at most. */
export interface InstanceProfileRecord extends Entity {
  readonly instanceProfileName: string
  readonly instanceProfileId: string
  readonly roleName?: string
  readonly tags: readonly Tag[]
}

/** An OpenID Connect provider. */
export interface OidcProviderRecord {
  readonly arn: string
  /** Without `https://`. */
  readonly url: string
  readonly clientIds: readonly string[]
  readonly thumbprints: readonly string[]
  readonly createDate: number
  readonly tags: readonly Tag[]
}

/** A virtual MFA device; one without a user was made and not yet enabled. */
export interface MfaDeviceRecord {
  /** `arn:aws:iam::123456789012:mfa/ada`. */
  readonly serialNumber: string
  /** Base32, as authenticator apps take it. */
  readonly seed: string
  readonly tags: readonly Tag[]
  readonly userName?: string
  readonly enableDate?: number
  /** The time step of the last code that was taken: no code is taken twice. */
  readonly lastStep?: number
}

/** What belongs to the account as a whole. */
export interface AccountRecord {
  readonly alias?: string
  readonly passwordPolicy?: Readonly<Record<string, number | boolean>>
}
