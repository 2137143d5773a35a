import { join } from 'node:path'
import type { FunctionDefinition } from '../ports/index.ts'
import { searchPaths } from './search-paths.ts'

/** What an SDK inside a function signs with. */
export interface FunctionCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** How an environment came about: because somebody called, or because concurrency was provisioned. */
export type InitializationType = 'on-demand' | 'provisioned-concurrency'

/** What the variables of one execution environment are made of. */
export interface EnvironmentFacts {
  readonly definition: FunctionDefinition
  readonly version: string
  readonly region: string
  readonly logStream: string
  readonly temporaryDirectory: string
  readonly runtimeDirectory: string
  readonly credentials: FunctionCredentials
  /** Undefined while no door listens. */
  readonly awsEndpoint: string | undefined
  /** Folders of layers as the function's processes see them, the one that wins first. */
  readonly layers: readonly string[]
  readonly initialization: InitializationType
  /** Folders of modules that every Node function finds last. */
  readonly sharedModules: readonly string[]
  readonly hostEnvironment: Readonly<Record<string, string | undefined>>
}

/**
 * Of the simulator's own variables a function sees only what programs need to be found and started; nothing of the
 * developer's AWS profile, tokens or shell.
 */
const passedOn = [
  'PATH',
  'HOME',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'PYENV_ROOT',
  'JAVA_HOME',
  'DOTNET_ROOT',
  'GEM_HOME',
  'SystemRoot',
  'SYSTEMROOT',
  'ComSpec',
  'PATHEXT',
  'windir',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
]

/** The part of the simulator's own environment that functions see. */
export function hostVariables(host: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of passedOn) {
    const value = host[name]
    if (value !== undefined) found[name] = value
  }
  return found
}

/** Variables that the function's own configuration may not change: Lambda reserves them. */
function reserved(facts: EnvironmentFacts): Record<string, string> {
  const { definition, credentials } = facts
  return {
    _HANDLER: definition.handler,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_DEFAULT_REGION: facts.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memorySize),
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: facts.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: facts.initialization,
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(definition),
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
    AWS_REGION: facts.region,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_RUNTIME_DIR: facts.runtimeDirectory,
    LAMBDA_TASK_ROOT: definition.codeDirectory,
  }
}

/** The log group of a function: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
export function logGroupOf(definition: FunctionDefinition): string {
  return definition.logGroup ?? `/aws/lambda/${definition.name}`
}

/** Layers as folders; an ARN among them is resolved by whoever makes the definition. */
export function layerFolders(definition: FunctionDefinition): string[] {
  return definition.layers.filter(layer => !layer.startsWith('arn:'))
}

/**
 * Everything that a function's processes see in their environment.
 * Defaults and reserved names: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(facts: EnvironmentFacts): Record<string, string> {
  const { definition, temporaryDirectory } = facts
  const own = definition.environment
  const host = hostVariables(facts.hostEnvironment)
  const missing = join(temporaryDirectory, 'no-such-file')
  return {
    ...host,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    _AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1',
    _AWS_XRAY_DAEMON_PORT: '2000',
    // Without these an SDK would read the developer's own profile.
    AWS_CONFIG_FILE: missing,
    AWS_SHARED_CREDENTIALS_FILE: missing,
    TMPDIR: temporaryDirectory,
    TMP: temporaryDirectory,
    TEMP: temporaryDirectory,
    ...(facts.awsEndpoint === undefined ? {} : { AWS_ENDPOINT_URL: facts.awsEndpoint }),
    IS_OFFLINE: 'true',
    AWS_SAM_LOCAL: 'true',
    ...own,
    ...searchPaths({
      definition,
      layers: facts.layers,
      layerFolders: layerFolders(definition).toReversed(),
      host,
      sharedModules: facts.sharedModules,
    }),
    ...reserved(facts),
  }
}
