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
      const near = nearestName(name, functions.keys())
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
