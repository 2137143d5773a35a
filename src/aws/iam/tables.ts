import { jsonTable } from '../../stores/index.ts'
import type {
  AccessKeyRecord,
  AccountRecord,
  GroupRecord,
  InstanceProfileRecord,
  MfaDeviceRecord,
  OidcProviderRecord,
  PolicyRecord,
  RoleRecord,
  UserRecord,
} from './records.ts'
import type { SessionRecord } from './session-record.ts'

/** Identity's tables, shared by IAM, STS and everything that asks who may do what. Keys begin with the account. */
export const identityTables = {
  /** account, name */
  users: jsonTable<UserRecord>('iam/users'),
  /** account, name */
  groups: jsonTable<GroupRecord>('iam/groups'),
  /** account, name */
  roles: jsonTable<RoleRecord>('iam/roles'),
  /** account, ARN */
  policies: jsonTable<PolicyRecord>('iam/policies'),
  /** access key */
  accessKeys: jsonTable<AccessKeyRecord>('iam/access-keys'),
  /** account, user, access key: which keys a user has */
  keysOfUsers: jsonTable<{ readonly createDate: number }>('iam/keys-of-users'),
  /** account, name */
  instanceProfiles: jsonTable<InstanceProfileRecord>('iam/instance-profiles'),
  /** account, ARN */
  oidcProviders: jsonTable<OidcProviderRecord>('iam/oidc-providers'),
  /** account, serial number */
  mfaDevices: jsonTable<MfaDeviceRecord>('iam/mfa-devices'),
  /** account */
  accounts: jsonTable<AccountRecord>('iam/accounts'),
  /** access key */
  sessions: jsonTable<SessionRecord>('sts/sessions'),
}
