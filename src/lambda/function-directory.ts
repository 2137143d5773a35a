import {
  type AliasTarget,
  type FunctionDefinition,
  type FunctionScope,
  functionId,
  type Ids,
  type Logger,
} from '../ports/index.ts'
import { chooseVersion } from './choose-version.ts'
import { findDeployment, latest } from './find-deployment.ts'
import { parseFunctionReference } from './function-reference.ts'
import { functionNotFound } from './lambda-error.ts'
import type { Deployment } from './lease.ts'
import type { Provision } from './provisioned-environments.ts'

/** A function that was named and found. */
export interface FoundFunction {
  /** `account/region/name`. */
  readonly id: string
  readonly qualifier: string | undefined
  /** As it was named, in the account and region where it was found. */
  readonly arn: string
  readonly deployment: Deployment
}

/** All functions that can be run, and what names mean. */
export interface FunctionDirectory {
  /** By name: the project's; by `account/region/name`: the API's. Published versions have `:version` behind it. */
  use(definitions: ReadonlyMap<string, FunctionDefinition>): void
  /** Finds what a name or ARN means, or throws `ResourceNotFoundException`. */
  find(functionName: string, qualifier?: string, exact?: boolean): FoundFunction
  /** Is this still the code of that version? */
  knows(definition: FunctionDefinition, version: string): boolean
  scopeOf(definition: FunctionDefinition): FunctionScope
  /** Which code these numbers of environments, by `id:version`, are of. */
  provisions(counts: ReadonlyMap<string, number>): Map<string, Provision>
}

/** What a directory is made from. */
export interface DirectoryParts {
  /** The simulator's own: what a name without account and region means. */
  readonly own: FunctionScope
  readonly ids: Ids
  readonly log: Logger
  readonly aliasOf: ((id: string, alias: string) => AliasTarget | undefined) | undefined
}

function arnOf({ account, region }: FunctionScope, name: string, qualifier: string | undefined): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`
}

/**
 * Makes an empty directory. The project's functions are in every account and region, and an ARN whose account and region
 * have no such function means the simulator's own, or else any of that name: ARNs written for AWS work unchanged. Who
 * names a function through the Lambda API is taken at his word (`exact`).
 */
export function createFunctionDirectory({ own, ids, log, aliasOf }: DirectoryParts): FunctionDirectory {
  const assumed = new Set<string>()
  let definitions: ReadonlyMap<string, FunctionDefinition> = new Map()

  const scopeOf = (definition: FunctionDefinition): FunctionScope => definition.scope ?? own
  /** Where a name is found, and how its keys begin there. */
  const locate = (
    name: string,
    wanted: FunctionScope,
    exact: boolean,
  ): { scope: FunctionScope; key: string } => {
    if (definitions.has(name)) return { scope: own, key: name }
    const key = functionId(wanted, name)
    if (exact || definitions.has(key)) return { scope: wanted, key }
    const ownKey = functionId(own, name)
    if (definitions.has(ownKey)) return { scope: own, key: ownKey }
    for (const [other, { scope }] of definitions)
      if (scope !== undefined && other === functionId(scope, name)) return { scope, key: other }
    return { scope: own, key: ownKey }
  }
  const warnOfQualifier = (name: string, qualifier: string): void => {
    if (assumed.has(`${name}:${qualifier}`)) return
    assumed.add(`${name}:${qualifier}`)
    log.warn(
      { function: name, qualifier },
      `${name} has no versions here, so ${name}:${qualifier} runs the code as it is`,
    )
  }

  return {
    scopeOf,
    use(next) {
      definitions = next
    },
    provisions(counts) {
      const found = new Map<string, Provision>()
      for (const [key, count] of counts) {
        const definition = definitions.get(key)
        const version = key.slice(key.lastIndexOf(':') + 1)
        if (definition) found.set(key, { deployment: { definition, version }, count })
      }
      return found
    },
    find(functionName, given, exact = false) {
      const {
        name,
        qualifier,
        account = own.account,
        region = own.region,
      } = parseFunctionReference(functionName, given)
      const { scope, key } = locate(name, { account, region }, exact)
      const id = functionId(scope, name)
      const alias = qualifier === undefined ? undefined : aliasOf?.(id, qualifier)
      const deployment = findDeployment(definitions, key, alias ? chooseVersion(alias, ids) : qualifier)
      // As recorded of Invoke (LocalStack's test_lambda, test_invoke_exceptions): the version is named too.
      const missing = qualifier ?? (exact ? latest : undefined)
      if (deployment === undefined) throw functionNotFound(arnOf({ account, region }, name, missing))
      if (!alias && qualifier !== undefined && qualifier !== deployment.version)
        warnOfQualifier(name, qualifier)
      return { id, qualifier, arn: arnOf(scope, name, qualifier), deployment }
    },
    knows(definition, version) {
      const { name, scope, fingerprint } = definition
      const key = scope === undefined ? name : functionId(scope, name)
      return definitions.get(version === latest ? key : `${key}:${version}`)?.fingerprint === fingerprint
    },
  }
}
