import { nearestName } from '../lib/index.ts'
import type { Report } from './problems.ts'
import type { FunctionUse } from './swagger/api-context.ts'

/** Reports integrations and authorizers whose function does not exist (yet: the Lambda API may create it). */
export function checkFunctionUses(
  uses: readonly FunctionUse[],
  functions: ReadonlyMap<string, unknown>,
  stages: Readonly<Record<string, { readonly variables?: Readonly<Record<string, string>> | undefined }>>,
  report: Report,
): void {
  for (const { functionName, written, place } of uses) {
    const names = new Set(Object.values(stages).map(stage => functionName(stage.variables ?? {})))
    if (!written.includes('${')) names.clear()
    for (const name of names.size > 0 ? names : [written]) {
      if (name === '' || functions.has(name)) continue
      const near = nearestName(name, functions.keys()) ?? logicalIdOf(name, functions.keys())
      report.finding(
        'error',
        'unknown-function',
        `There is no function ${name}`,
        place,
        near === undefined
          ? `Create handlers/${name}/index.js, handlers/${name}.py, … with a handler.`
          : `Did you mean ${near}?`,
      )
    }
  }
}

/** CloudFormation's ids have no dashes and often say what they are: `GetPetFunction` is `get-pet`. */
function logicalIdOf(name: string, functions: Iterable<string>): string | undefined {
  const bare = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .replace(/(lambda)?(function)?$/, '')
  for (const candidate of functions) if (bare(candidate) === bare(name)) return candidate
  return undefined
}
