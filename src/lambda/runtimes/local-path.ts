import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FunctionDefinition } from '../../ports/index.ts'
import { layerFolders } from '../environment-variables.ts'

/** Where a path that is written for AWS (`/opt/…`, `/var/task/…`, or relative to the code) lies on this machine. */
export function localPath(definition: FunctionDefinition, path: string): string {
  const layered = /^\/opt\/(.+)$/.exec(path)?.[1]
  if (layered !== undefined) {
    // Later layers lie over earlier ones.
    for (const layer of layerFolders(definition).toReversed()) {
      const file = join(layer, layered)
      if (existsSync(file)) return file
    }
    return path
  }
  return resolve(definition.codeDirectory, path.replace(/^\/var\/task\//, ''))
}

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html#runtime-wrapper */
const wrapperVariable = 'AWS_LAMBDA_EXEC_WRAPPER'

/** Puts the function's wrapper script in front of its runtime's command line. */
export function withWrapper(
  definition: FunctionDefinition,
  environment: Readonly<Record<string, string>>,
  line: readonly string[],
): readonly string[] {
  const wrapper = environment[wrapperVariable]
  if (wrapper === undefined || wrapper === '') return line
  const file = localPath(definition, wrapper)
  if (!existsSync(file))
    throw new Error(
      `${wrapperVariable} of function ${definition.name} is ${wrapper}, but there is no ${file}`,
    )
  return [file, ...line]
}
