import type { Principal } from '../principal.ts'
import type { RoleRecord, Tag, UserRecord } from './records.ts'

/** The owner of an account. */
export function rootPrincipal(account: string, accessKeyId?: string): Principal {
  return {
    kind: 'root',
    account,
    arn: `arn:aws:iam::${account}:root`,
    userId: account,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    tags: {},
    sessionContext: {},
    sessionPolicies: [],
  }
}

/** A user with its long-term key. */
export function userPrincipal(account: string, user: UserRecord, accessKeyId?: string): Principal {
  return {
    kind: 'user',
    account,
    arn: user.arn,
    userId: user.userId,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    tags: tagMap(user.tags),
    sessionContext: {},
    sessionPolicies: [],
  }
}

/** What AssumeRole adds to a role. */
export interface RoleSession {
  readonly sessionName: string
  readonly accessKeyId: string
  readonly tags?: Readonly<Record<string, string>>
  readonly sessionContext?: Readonly<Record<string, string | readonly string[]>>
  readonly sessionPolicies?: readonly unknown[]
}

/** A session that speaks for a role; the session's tags win over the role's. */
export function rolePrincipal(
  role: Pick<RoleRecord, 'arn' | 'roleId' | 'tags'>,
  session: RoleSession,
): Principal {
  const { account, name } = roleOfArn(role.arn)
  return {
    kind: 'assumed-role',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session.sessionName}`,
    userId: `${role.roleId}:${session.sessionName}`,
    accessKeyId: session.accessKeyId,
    roleArn: role.arn,
    tags: { ...tagMap(role.tags), ...session.tags },
    sessionContext: session.sessionContext ?? {},
    sessionPolicies: session.sessionPolicies ?? [],
  }
}

/** Account and name of a role; its path is left out, as in the ARN of a session. */
export function roleOfArn(arn: string): { readonly account: string; readonly name: string } {
  const parts = arn.split(':')
  return { account: parts[4] ?? '', name: arn.slice(arn.lastIndexOf('/') + 1) }
}

/** Tags as conditions ask for them. */
export function tagMap(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(tag => [tag.Key, tag.Value]))
}
