import type { Clock, Ids } from '../../ports/index.ts'
import type { Store } from '../../stores/index.ts'
import type { Principal } from '../principal.ts'
import { roleOfArn, rolePrincipal } from './known-principals.ts'
import type { RoleRecord } from './records.ts'
import type { SessionRecord } from './session-record.ts'
import { openSession } from './sessions.ts'
import { identityTables } from './tables.ts'
import { undeclaredRoleId } from './unique-ids.ts'

/** Temporary credentials as a function finds them in its environment. */
export interface RoleCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiration: Date
}

/** Gives a function (or an integration) temporary credentials of a role. */
export type IssueRoleCredentials = (
  roleArn: string,
  sessionName: string,
  options?: {
    readonly durationSeconds?: number
    /** The function's account; the configuration's first unless given. */
    readonly account?: string
  },
) => Promise<RoleCredentials>

/** Gives an integration temporary credentials of whoever called it; what they may do stays the caller's. */
export type ActAs = (principal: Principal) => Promise<RoleCredentials>

/** A quarter of an hour, the least that STS gives: they are used at once. */
export function createActAs(
  store: Store,
  sources: { readonly ids: Ids; readonly clock: Pick<Clock, 'now'> },
): ActAs {
  return async principal =>
    credentialsOf(
      await openSession(store, sources, {
        account: principal.account,
        durationSeconds: 900,
        principal: () => principal,
      }),
    )
}

function credentialsOf(session: SessionRecord): RoleCredentials {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = session
  return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) }
}

/**
 * Lambda assumes a function's role by itself, with the function's name as the session's; twelve hours, as there.
 * A role that nobody created gets credentials too: see `undeclared roles` in docs/guide/iam.md.
 */
export function createRoleCredentials(
  store: Store,
  sources: { readonly ids: Ids; readonly clock: Pick<Clock, 'now'> },
  defaultAccount: string,
): IssueRoleCredentials {
  return async (givenArn, sessionName, options = {}) => {
    const account = options.account ?? defaultAccount
    const { name } = roleOfArn(givenArn)
    // A role always lives in its function's account; a project's files often carry another one in their ARNs.
    const roleArn = givenArn.replace(/^(arn:[^:]*:iam::)\d*:/, `$1${account}:`)
    const known = await store.read(reader => identityTables.roles.get(reader, account, name))
    const role: Pick<RoleRecord, 'arn' | 'roleId' | 'tags'> = known ?? {
      arn: roleArn,
      roleId: undeclaredRoleId(roleArn),
      tags: [],
    }
    const session = await openSession(store, sources, {
      account,
      durationSeconds: options.durationSeconds ?? 43_200,
      principal: accessKeyId => rolePrincipal(role, { sessionName, accessKeyId }),
    })
    return credentialsOf(session)
  }
}
