import { createHash } from 'node:crypto'
import { relative, resolve } from 'node:path'
import type { FunctionDefinition } from '../../ports/index.ts'
import type { ProjectOptions } from '../options.ts'
import type { FoundFunction } from './found-function.ts'

const defaultTimeout = 3
const defaultMemory = 128

/** Joins what was found, what the configuration says and what was built into the function that will run. */
export function defineFunction(
  found: FoundFunction,
  options: ProjectOptions,
  dotEnv: Readonly<Record<string, string>>,
  prepared: { readonly entry?: string; readonly inputs: ReadonlyMap<string, string> },
): FunctionDefinition {
  const own = options.functions?.[found.name]
  const shared = options.lambdaDefaults
  const role = own?.role ?? shared?.role ?? 'lambda'
  const description = own?.description
  const definition = {
    name: found.name,
    runtime: own?.runtime ?? matchingDefault(shared?.runtime, found) ?? defaultRuntime(found),
    handler: found.handler,
    codeDirectory: found.codeDirectory,
    ...(prepared.entry === undefined ? {} : { entry: prepared.entry }),
    libraries: found.libraries,
    timeout: own?.timeout ?? shared?.timeout ?? defaultTimeout,
    memorySize: own?.memorySize ?? shared?.memorySize ?? defaultMemory,
    environment: { ...dotEnv, ...shared?.environment, ...own?.environment },
    role: role.startsWith('arn:') ? role : `arn:aws:iam::${options.account}:role/${role}`,
    layers: layersOf(found.name, options),
    ...(description === undefined ? {} : { description }),
  }
  return { ...definition, fingerprint: fingerprint(definition, prepared.inputs, options.directory) }
}

/** A function's layers: ARNs, and folders of the machine. */
export function layersOf(name: string, options: ProjectOptions): string[] {
  const layers = options.functions?.[name]?.layers ?? options.lambdaDefaults?.layers ?? []
  return layers.map(layer => (layer.startsWith('arn:') ? layer : resolve(options.directory, layer)))
}

/** A default runtime of the configuration counts for functions of its own language only. */
function matchingDefault(runtime: string | undefined, found: FoundFunction): string | undefined {
  const family = { typescript: 'nodejs', javascript: 'nodejs', python: 'python', other: '' }[found.language]
  return runtime !== undefined && family !== '' && runtime.startsWith(family) ? runtime : undefined
}

function defaultRuntime(found: FoundFunction): string {
  if (found.language === 'python') return 'python3.13'
  if (found.language === 'other') return found.handler === 'bootstrap' ? 'provided.al2023' : 'ruby3.4'
  return `nodejs${process.versions.node.split('.')[0]}.x`
}

function fingerprint(
  definition: Omit<FunctionDefinition, 'fingerprint'>,
  inputs: ReadonlyMap<string, string>,
  directory: string,
): string {
  const hash = createHash('sha256').update(JSON.stringify(definition))
  for (const file of [...inputs.keys()].sort())
    hash.update(`\0${relative(directory, file)}\0${inputs.get(file)}`)
  return hash.digest('hex').slice(0, 32)
}
