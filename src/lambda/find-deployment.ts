import type { FunctionDefinition } from '../ports/index.ts'
import type { Deployment } from './environment-pool.ts'

/** The version that every function has. */
export const latest = '$LATEST'

/**
 * The code behind a name and qualifier. A function that was never published (one out of the project's folder) has no
 * versions or aliases at all: then every qualifier means what is there, so that URIs written for AWS work unchanged.
 */
export function findDeployment(
  definitions: ReadonlyMap<string, FunctionDefinition>,
  name: string,
  qualifier: string | undefined,
): Deployment | undefined {
  const definition = definitions.get(name)
  if (qualifier === undefined || qualifier === latest) return definition && { definition, version: latest }
  const exact = definitions.get(`${name}:${qualifier}`)
  if (exact) return { definition: exact, version: qualifier }
  for (const key of definitions.keys()) if (key.startsWith(`${name}:`)) return undefined
  return definition && { definition, version: latest }
}
