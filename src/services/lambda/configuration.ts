import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import type { Logger } from '../../ports/index.ts'
import type { Reader } from '../../stores/index.ts'
import { aboveLimit, invalidParameter, unsupported } from './errors.ts'
import { layerKeyOf } from './names.ts'
import { unzippedLimit } from './packages/packages.ts'
import { runtimeOf } from './runtime-name.ts'
import { type Configuration, layers, type Scope } from './state.ts'

/** Names that Lambda sets itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reservedNames: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
])

/** Runtimes that say by themselves what they run. */
const mandatory =
  'Runtime and Handler are mandatory parameters for functions created with deployment packages.'

/** Takes the members of a request that are configuration, defaults filled in. */
export function newConfiguration(input: CreateFunctionRequest, log: Logger): Configuration {
  if (input.PackageType === 'Image' || input.ImageConfig)
    throw unsupported('A function out of a container image')
  if (input.CodeSigningConfigArn) throw unsupported('Code signing')
  if (!input.Runtime || !input.Handler) throw invalidParameter(mandatory)
  return mergeConfiguration(
    {
      Role: input.Role,
      Runtime: input.Runtime,
      Handler: input.Handler,
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      Architectures: input.Architectures ?? ['x86_64'],
      EphemeralStorage: { Size: 512 },
    },
    input,
    log,
  )
}

const taken = [
  'Role',
  'Runtime',
  'Handler',
  'Description',
  'Timeout',
  'MemorySize',
  'VpcConfig',
  'DeadLetterConfig',
  'Environment',
  'KMSKeyArn',
  'TracingConfig',
  'Layers',
  'FileSystemConfigs',
  'EphemeralStorage',
  'SnapStart',
  'LoggingConfig',
] as const

/** What a request does not name stays. */
export function mergeConfiguration(
  before: Configuration,
  input: UpdateFunctionConfigurationRequest | CreateFunctionRequest,
  log: Logger,
): Configuration {
  const named = taken.filter(key => input[key] !== undefined).map(key => [key, input[key]])
  const merged: Configuration = {
    ...before,
    ...Object.fromEntries(named),
    ...(input.Runtime && { Runtime: runtimeOf(input.Runtime, log) }),
  }
  checkLimits(input)
  checkEnvironment(merged.Environment?.Variables ?? {})
  if (input.LoggingConfig) {
    const { LoggingConfig: old = {} } = before
    const next = { ...old, ...input.LoggingConfig }
    const { ApplicationLogLevel: application = 'INFO', SystemLogLevel: system = 'INFO', ...rest } = next
    // Text has no levels, and forgets those that JSON had.
    const levels = next.LogFormat === 'JSON' && { ApplicationLogLevel: application, SystemLogLevel: system }
    return { ...merged, LoggingConfig: { ...rest, ...levels } }
  }
  return merged
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 15 minutes, 10,240 MB of memory and of /tmp. */
function checkLimits(input: UpdateFunctionConfigurationRequest | CreateFunctionRequest): void {
  const { Timeout = 0, MemorySize = 0, EphemeralStorage } = input
  if (Timeout > 900) throw aboveLimit(Timeout, 'timeout', 'value', 900)
  if (MemorySize > 10_240) throw aboveLimit(MemorySize, 'memorySize', 'value', 10_240)
  const size = EphemeralStorage?.Size ?? 0
  if (size > 10_240) throw aboveLimit(size, 'ephemeralStorage.size', 'value', 10_240)
}

function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const refused = Object.keys(variables).filter(name => reservedNames.has(name))
  if (refused.length > 0)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${refused.join(', ')}`,
    )
  const text = JSON.stringify(variables)
  if (Buffer.byteLength(text) > 4096)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${text}`,
    )
}

/** Five layers at most, of the function's region: said before anything is looked up. */
export function checkLayerNames({ region }: Scope, arns: readonly string[]): void {
  if (arns.length > 5) throw invalidParameter('Cannot reference more than 5 layers.')
  if (arns.some(arn => arn.split(':')[3] !== region))
    throw invalidParameter(
      `Layers are not in the same region as the function. Layers are expected to be in region ${region}.`,
    )
}

/** Layers must be there, each once, and small enough together with the code. */
export function checkLayers(reader: Reader, arns: readonly string[], codeSize: number): void {
  const seen = new Map<string, string>()
  let size = codeSize
  for (const arn of arns) {
    const parts = arn.split(':')
    const record = layers.get(reader, ...layerKeyOf(arn))
    if (record === undefined) throw invalidParameter(`Layer version ${arn} does not exist.`)
    const twin = seen.get(parts.slice(0, 7).join(':'))
    if (twin !== undefined)
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${twin} and ${arn} are versions of the same layer.`,
      )
    seen.set(parts.slice(0, 7).join(':'), arn)
    size += record.code.unpacked
  }
  if (size > unzippedLimit)
    throw invalidParameter(
      `Function code combined with layers exceeds the maximum allowed size of ${unzippedLimit} bytes. The actual size is ${size} bytes.`,
    )
}
