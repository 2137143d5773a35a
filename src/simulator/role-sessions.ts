import type { IssueRoleCredentials, RoleCredentials } from '../aws/index.ts'
import type { Cancel, Clock, FunctionDefinition, Logger } from '../ports/index.ts'

/** Temporary credentials of functions' roles, there before an execution environment asks for them. */
export interface RoleSessions {
  /** Issues what these functions need and have not got yet. */
  prepare(functions: ReadonlyMap<string, FunctionDefinition>): Promise<void>
  /** Of a function that was prepared. */
  credentialsFor(role: string, functionName: string): RoleCredentials
  /** Forgets what a reset has made invalid, and issues it again. */
  renew(): Promise<void>
  stop(): void
}

/** Lambda's sessions last twelve hours; new environments get fresh ones well before that. */
const renewal = 6 * 60 * 60 * 1_000

/** A session's name has two characters at least: recorded (LocalStack's test_lambda, test_assume_role). */
function sessionName(functionName: string): string {
  return functionName.length > 1 ? functionName : `${functionName}@lambda_function`
}

/** Keeps one session per function; environments start synchronously, sessions are written to the store. */
export function createRoleSessions(issue: IssueRoleCredentials, clock: Clock, log: Logger): RoleSessions {
  let sessions = new Map<string, RoleCredentials>()
  let known: ReadonlyMap<string, FunctionDefinition> = new Map()
  let cancel: Cancel = () => {}
  const keyOf = (role: string, name: string) => `${name} ${role}`
  const fill = async (into: Map<string, RoleCredentials>): Promise<void> => {
    const missing = [...known.values()].filter(({ role, name }) => !into.has(keyOf(role, name)))
    // At once, so that the store writes them in one transaction.
    await Promise.all(
      missing.map(async ({ role, name }) =>
        into.set(keyOf(role, name), await issue(role, sessionName(name))),
      ),
    )
  }
  const renew = async (): Promise<void> => {
    const fresh = new Map<string, RoleCredentials>()
    await fill(fresh)
    sessions = fresh
  }
  const arm = (): void => {
    cancel = clock.after(renewal, () => {
      renew().catch(error => log.error({ error }, "Functions' credentials could not be renewed"))
      arm()
    })
  }
  arm()
  return {
    prepare: async functions => {
      known = functions
      await fill(sessions)
    },
    credentialsFor(role, functionName) {
      const session = sessions.get(keyOf(role, functionName))
      if (session === undefined) throw new Error(`${functionName} was never prepared`)
      return session
    },
    renew,
    stop: () => cancel(),
  }
}
