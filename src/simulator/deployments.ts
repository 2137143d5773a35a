import type { Config } from '../config/index.ts'
import type { Lambda, LambdaDependencies } from '../lambda/index.ts'
import type {
  DeployedFunctions,
  FunctionDefinition,
  FunctionHost,
  InvokingService,
  Logger,
} from '../ports/index.ts'
import { servicePermitted } from '../services/index.ts'
import type { RoleSessions } from './role-sessions.ts'

/** The functions of the project and those of the Lambda API, as one. */
export interface Deployments extends FunctionHost {
  /** What Lambda asks while it runs functions. */
  readonly settings: Required<
    Pick<
      LambdaDependencies,
      'aliasOf' | 'asynchronousConfiguration' | 'allowRecursion' | 'permits' | 'provisioned'
    >
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
  auth: Config['auth'],
): Deployments {
  let project: ReadonlyMap<string, FunctionDefinition> = new Map()
  let deployed = initial
  const hidden = new Set<string>()

  const missing = new Set<string>()
  /** A function of the project may name layers of the API, which are there as soon as they are published. */
  const withLayers = (definition: FunctionDefinition): FunctionDefinition => {
    const named = definition.layers.filter(layer => layer.startsWith('arn:'))
    if (named.length === 0) return definition
    for (const arn of named)
      if (!deployed.layers.has(arn) && !missing.has(arn)) {
        missing.add(arn)
        log.warn(
          { function: definition.name, layer: arn },
          `${definition.name} names a layer that does not exist here (yet): ${arn}`,
        )
      }
    const layers = definition.layers.map(layer => deployed.layers.get(layer) ?? layer)
    return { ...definition, layers, fingerprint: `${definition.fingerprint} ${layers.join(' ')}` }
  }

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
    for (const [name, definition] of project) all.set(name, withLayers(definition))
    return all
  }
  /** A function of the project is let in by the project, unless somebody gave it a policy (decision 028). */
  const permitted = (id: string, qualifier: string | undefined, service: InvokingService): boolean => {
    const named = qualifier === undefined || qualifier === '$LATEST' ? id : `${id}:${qualifier}`
    const statements = deployed.policies.get(named)
    if (statements === undefined) return project.has(id.slice(id.lastIndexOf('/') + 1))
    return servicePermitted(statements, service)
  }
  const apply = async (): Promise<void> => {
    const all = together()
    await sessions.prepare(all)
    for (const [id, count] of deployed.reserved) lambda().reserveConcurrency(id, count)
    lambda().deploy(all)
  }
  return {
    invoke: invocation => lambda().invoke(invocation),
    project: () => project,
    provisioned: (id, version) => lambda().provisioned(id, version),
    settings: {
      aliasOf: (id, alias) => deployed.aliases.get(`${id}:${alias}`),
      asynchronousConfiguration: (id, qualifier = '$LATEST') =>
        deployed.asynchronous.get(`${id}:${qualifier}`) ?? {},
      permits(id, qualifier, service) {
        if (auth === 'off' || permitted(id, qualifier, service)) return true
        if (auth === 'on') return false
        log.warn(
          { function: id, qualifier, service: service.principal, source: service.sourceArn },
          `auth: warn · AWS would have refused this call: no policy of ${id} lets ${service.principal} in for ${service.sourceArn}`,
        )
        return true
      },
      provisioned: () => deployed.provisioned,
      allowRecursion: id => deployed.recursive.has(id),
    },
    async use(next) {
      project = next
      await apply()
    },
    async deploy(next) {
      for (const id of deployed.reserved.keys())
        if (!next.reserved.has(id)) lambda().reserveConcurrency(id, undefined)
      deployed = next
      await apply()
    },
  }
}
