import type { Lambda, LambdaDependencies } from '../lambda/index.ts'
import type { DeployedFunctions, FunctionDefinition, FunctionHost, Logger } from '../ports/index.ts'
import type { RoleSessions } from './role-sessions.ts'

/** The functions of the project and those of the Lambda API, as one. */
export interface Deployments extends FunctionHost {
  /** What Lambda asks while it runs functions. */
  readonly settings: Required<
    Pick<LambdaDependencies, 'aliasOf' | 'asynchronousConfiguration' | 'allowRecursion'>
  >
  /** Takes over the project's functions. */
  use(project: ReadonlyMap<string, FunctionDefinition>): Promise<void>
}

/** Puts both together: a function of the project stands in front of one of the same name. */
export function createDeployments(
  initial: DeployedFunctions,
  lambda: () => Lambda,
  sessions: RoleSessions,
  log: Logger,
): Deployments {
  let project: ReadonlyMap<string, FunctionDefinition> = new Map()
  let deployed = initial
  const hidden = new Set<string>()

  const together = (): Map<string, FunctionDefinition> => {
    const all = new Map<string, FunctionDefinition>()
    for (const [key, definition] of deployed.definitions) {
      const { name } = definition
      if (!project.has(name)) all.set(key, definition)
      else if (!hidden.has(name)) {
        hidden.add(name)
        log.warn(
          { function: name },
          `the project's ${name} stands in front of the one that was created through the API`,
        )
      }
    }
    for (const [name, definition] of project) all.set(name, definition)
    return all
  }
  const apply = async (): Promise<void> => {
    const all = together()
    await sessions.prepare(all)
    for (const [name, count] of deployed.reserved) lambda().reserveConcurrency(name, count)
    lambda().deploy(all)
  }
  return {
    invoke: invocation => lambda().invoke(invocation),
    project: () => project,
    settings: {
      aliasOf: (name, alias) => deployed.aliases.get(`${name}:${alias}`),
      asynchronousConfiguration: (name, qualifier = '$LATEST') =>
        deployed.asynchronous.get(`${name}:${qualifier}`) ?? {},
      allowRecursion: name => deployed.recursive.has(name),
    },
    async use(next) {
      project = next
      await apply()
    },
    async deploy(next) {
      for (const name of deployed.reserved.keys())
        if (!next.reserved.has(name)) lambda().reserveConcurrency(name, undefined)
      deployed = next
      await apply()
    },
  }
}
