import { createHash } from 'node:crypto'
import {
  type AliasTarget,
  type AsynchronousSettings,
  type DeployedFunctions,
  type FunctionDefinition,
  type FunctionScope,
  functionId,
} from '../../ports/index.ts'
import type { KeyPart, Reader, Store, Writer } from '../../stores/index.ts'
import { isVersion, latest, layerArnOf, layerKeyOf } from './names.ts'
import type { Packages } from './packages/packages.ts'
import {
  type AliasRecord,
  aliases,
  eventInvokes,
  type FunctionRecord,
  functions,
  type LambdaState,
  layers,
  type PolicyRecord,
  policies,
  provisioned,
  recursions,
  reservations,
} from './state.ts'

/** The folder of a layer version, by its ARN; undefined where it was deleted before it was ever unpacked here. */
function layerFolder(reader: Reader, packages: Packages, arn: string): string | undefined {
  const record = layers.get(reader, ...layerKeyOf(arn))
  return record && packages.filesOf(record.code.id)
}

/** What runs a version. */
function definitionOf(
  reader: Reader,
  packages: Packages,
  scope: FunctionScope,
  record: FunctionRecord,
): FunctionDefinition {
  const { name, configuration, code } = record
  const { LoggingConfig: logging = {}, Environment, Layers = [] } = configuration
  const folders = Layers.map(arn => layerFolder(reader, packages, arn)).filter(folder => folder !== undefined)
  const definition = {
    name,
    scope,
    runtime: configuration.Runtime ?? 'provided.al2023',
    handler: configuration.Handler ?? '',
    codeDirectory: packages.filesOf(code.id),
    libraries: [],
    timeout: configuration.Timeout ?? 3,
    memorySize: configuration.MemorySize ?? 128,
    environment: {
      ...(logging.LogFormat === 'JSON' && {
        AWS_LAMBDA_LOG_FORMAT: 'JSON',
        AWS_LAMBDA_LOG_LEVEL: logging.ApplicationLogLevel ?? 'INFO',
      }),
      ...Environment?.Variables,
    },
    ...(configuration.TracingConfig?.Mode === 'Active' && { tracing: 'Active' as const }),
    role: configuration.Role ?? '',
    layers: folders,
    description: configuration.Description ?? '',
    ...(logging.LogGroup !== undefined && { logGroup: logging.LogGroup }),
  }
  return { ...definition, fingerprint: createHash('sha256').update(JSON.stringify(definition)).digest('hex') }
}

function targetOf({ version, weights = {} }: AliasRecord): AliasTarget {
  const [additional] = Object.entries(weights)
  if (additional === undefined) return { version }
  return { version, additional: { version: additional[0], weight: additional[1] } }
}

/** `account/region/name` out of a key. */
function idOf([account, region, name]: readonly KeyPart[]): string {
  return functionId({ account: String(account), region: String(region) }, String(name))
}

/** An alias provides for the version that it points to. */
function readProvisioned(reader: Reader): Map<string, number> {
  const found = new Map<string, number>()
  for (const [key, { count }] of provisioned.under(reader)) {
    const qualifier = String(key[3])
    const version = isVersion(qualifier) ? qualifier : aliases.get(reader, ...key)?.version
    if (version !== undefined) found.set(`${idOf(key)}:${version}`, count)
  }
  return found
}

/** Reads everything that the runner of functions has to know, in one view. */
export function readDeployed(reader: Reader, packages: Packages): DeployedFunctions {
  const definitions = new Map<string, FunctionDefinition>()
  const asynchronous = new Map<string, AsynchronousSettings>()
  for (const [[account, region], record] of functions.under(reader)) {
    const { name, version, configuration } = record
    const scope = { account: String(account), region: String(region) }
    const id = functionId(scope, name)
    definitions.set(
      version === latest ? id : `${id}:${version}`,
      definitionOf(reader, packages, scope, record),
    )
    const deadLetter = configuration.DeadLetterConfig?.TargetArn
    if (deadLetter) asynchronous.set(`${id}:${version}`, { deadLetter })
  }
  const targets = new Map<string, AliasTarget>()
  for (const [key, record] of aliases.under(reader)) {
    const id = idOf(key)
    targets.set(`${id}:${record.name}`, targetOf(record))
    const inherited = asynchronous.get(`${id}:${record.version}`)
    if (inherited) asynchronous.set(`${id}:${record.name}`, inherited)
  }
  for (const [parts, record] of eventInvokes.under(reader)) {
    const key = `${idOf(parts)}:${parts[3]}`
    asynchronous.set(key, {
      ...asynchronous.get(key),
      ...(record.retries !== undefined && { maximumRetryAttempts: record.retries }),
      ...(record.age !== undefined && { maximumEventAgeInSeconds: record.age }),
      ...(record.onSuccess !== undefined && { onSuccess: record.onSuccess }),
      ...(record.onFailure !== undefined && { onFailure: record.onFailure }),
    })
  }
  const reserved = new Map([...reservations.under(reader)].map(([key, count]) => [idOf(key), count]))
  const recursive = new Set<string>()
  for (const [key, value] of recursions.under(reader)) if (value === 'Allow') recursive.add(idOf(key))
  const permissions = new Map<string, PolicyRecord['statements']>()
  for (const [key, { statements }] of policies.under(reader)) {
    const qualifier = String(key[3])
    permissions.set(qualifier === '' ? idOf(key) : `${idOf(key)}:${qualifier}`, statements)
  }
  const folders = new Map<string, string>()
  for (const [[account, region], { name, version, code, deleted }] of layers.under(reader)) {
    const arn = layerArnOf({ account: String(account), region: String(region) }, name, version)
    if (!deleted) folders.set(arn, packages.filesOf(code.id))
  }
  return {
    definitions,
    aliases: targets,
    reserved,
    asynchronous,
    recursive,
    policies: permissions,
    provisioned: readProvisioned(reader),
    layers: folders,
  }
}

/** What a simulator deploys before it opens its doors: accepted events of an earlier run need their functions. */
export async function loadDeployed(store: Store, packages: Packages): Promise<DeployedFunctions> {
  return await store.read(reader => readDeployed(reader, packages))
}

/** Tells the runner what has changed. */
export function redeploy({ store, packages, host, deployment }: LambdaState): Promise<void> {
  const deploy = async (): Promise<void> => host.deploy(await loadDeployed(store, packages))
  const done = deployment.last.then(deploy)
  // One that fails is its caller's; the next one begins nevertheless.
  deployment.last = done.catch(() => {})
  return done
}

/** Changes what is stored, and then what runs. */
export async function change<Result>(state: LambdaState, run: (writer: Writer) => Result): Promise<Result> {
  const result = await state.store.transaction(run)
  await redeploy(state)
  return result
}
