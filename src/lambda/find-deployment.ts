import type { FunctionDefinition } from '../ports/index.ts'
import type { Deployment } from './lease.ts'

/** The version that every function has. */
export const latest = '$LATEST'

/**
 * The code behind a key and qualifier. A function of the project's folder has no versions or aliases at all: there every
 * qualifier means what is there, so that URIs written for AWS work unchanged.
 */
export function findDeployment(
  definitions: ReadonlyMap<string, FunctionDefinition>,
  key: string,
  qualifier: string | undefined,
): Deployment | undefined {
  const definition = definitions.get(key)
  if (qualifier === undefined || qualifier === latest) return definition && { definition, version: latest }
  const exact = definitions.get(`${key}:${qualifier}`)
  if (exact) return { definition: exact, version: qualifier }
  for (const other of definitions.keys()) if (other.startsWith(`${key}:`)) return undefined
  return definition && { definition, version: latest }
}
