import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { environmentVariables, type InitializationType } from './environment-variables.ts'
import { ExecutionEnvironment } from './execution-environment.ts'
import type { LambdaDependencies } from './lambda.ts'
import type { Deployment } from './lease.ts'
import type { Runtimes } from './runtimes/create-runtimes.ts'

const hexadecimal = '0123456789abcdef'
const runtimeDirectory = fileURLToPath(new URL('.', import.meta.url))

/** `2026/11/20/[$LATEST]<32 hex digits>`: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
function logStreamName(time: number, version: string, id: string): string {
  return `${new Date(time).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${id}`
}

/** Makes an execution environment with folders, variables and credentials of its own. */
export function createEnvironment(
  deps: LambdaDependencies,
  deployment: Deployment,
  runtimes: Pick<Runtimes, 'startFor' | 'layersOf'>,
  freeze: boolean,
  initialization: InitializationType,
): ExecutionEnvironment {
  const { definition, version } = deployment
  const region = definition.scope?.region ?? deps.region
  const id = deps.ids.token(32, hexadecimal)
  const logStream = logStreamName(deps.clock.now(), version, id)
  const temporaryDirectory = join(deps.temporaryDirectory, id)
  mkdirSync(temporaryDirectory, { recursive: true })
  const layers = runtimes.layersOf(definition)
  const credentials = deps.credentialsFor?.(definition.role, definition.name) ?? {
    accessKeyId: 'test',
    secretAccessKey: 'test',
    sessionToken: 'test',
  }
  return new ExecutionEnvironment({
    definition,
    version,
    logStream,
    temporaryDirectory,
    startRuntime: runtimes.startFor(definition),
    layers,
    initialization,
    freeze,
    debuggerListening: url =>
      deps.log.info({ function: definition.name, url }, `${definition.name} waits for a debugger at ${url}`),
    clock: deps.clock,
    region,
    variables: environmentVariables({
      definition,
      version,
      logStream,
      temporaryDirectory,
      runtimeDirectory,
      credentials,
      region,
      awsEndpoint: deps.awsEndpoint(),
      hostEnvironment: deps.hostEnvironment,
      layers: layers.folders,
      initialization,
      sharedModules: deps.sharedModules ?? [],
    }),
  })
}
