import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** The variables of the project's `.env`, which every function sees; none where there is no such file. */
export function readDotEnv(directory: string): Readonly<Record<string, string>> {
  const file = join(directory, '.env')
  if (!existsSync(file)) return {}
  const variables: Record<string, string> = {}
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8'))))
    if (value !== undefined) variables[name] = value
  return variables
}
