import type { GetLayerVersionResponse, LayerVersionsListItem } from '@aws-sdk/client-lambda'
import type { Reader } from '../../stores/index.ts'
import { timestamp } from './answers.ts'
import { invalidParameter, noSuchResource, resourceNotFound } from './errors.ts'
import { layerArnOf } from './names.ts'
import { packageUrl } from './package-url.ts'
import { type LambdaState, type LayerRecord, layers, type Scope } from './state.ts'

/** A layer of an account and region. */
export interface LayerReference extends Scope {
  readonly name: string
}

/** A layer, given by its name (then it is the caller's) or by its ARN. */
export function parseLayer({ account, region }: Scope, text = ''): LayerReference {
  const [, , , arnRegion = region, arnAccount = account, , name = text] = text.split(':')
  return { account: arnAccount, region: arnRegion, name }
}

/** How the table of layers begins its keys. */
export function layerKey({ account, region, name }: LayerReference): readonly [string, string, string] {
  return [account, region, name]
}

/** The key of a layer version's policy. */
export function layerPolicyKey(
  { account, region, name }: LayerReference,
  version: number,
): readonly [string, string, string, string] {
  return [account, region, `layer:${name}`, String(version)]
}

export function checkLayerVersion(version: number | undefined): number {
  if (version === undefined || version < 1) throw invalidParameter('Layer Version Cannot be less than 1')
  return version
}

export function findLayer(reader: Reader, layer: LayerReference, version: number): LayerRecord | undefined {
  const record = layers.get(reader, ...layerKey(layer), version)
  return record?.deleted ? undefined : record
}

export function getLayer(reader: Reader, layer: LayerReference, version: number): LayerRecord {
  const record = findLayer(reader, layer, version)
  if (record === undefined) throw noSuchResource()
  return record
}

/** Words of the operations on policies. */
export function checkLayerExists(reader: Reader, layer: LayerReference, version: number): void {
  if (findLayer(reader, layer, version) === undefined)
    throw resourceNotFound(`Layer version ${layerArnOf(layer, layer.name, version)} does not exist.`)
}

export function layerItem(scope: Scope, record: LayerRecord): LayerVersionsListItem {
  const { runtimes, architectures } = record
  return {
    LayerVersionArn: layerArnOf(scope, record.name, record.version),
    Version: record.version,
    Description: record.description,
    CreatedDate: timestamp(record.created),
    ...(runtimes && {
      CompatibleRuntimes: [...runtimes] as NonNullable<LayerVersionsListItem['CompatibleRuntimes']>,
    }),
    ...(architectures && {
      CompatibleArchitectures: [...architectures] as NonNullable<
        LayerVersionsListItem['CompatibleArchitectures']
      >,
    }),
    ...(record.license !== undefined && { LicenseInfo: record.license }),
  }
}

export function layerAnswer(state: LambdaState, scope: Scope, record: LayerRecord): GetLayerVersionResponse {
  const { code } = record
  return {
    ...layerItem(scope, record),
    LayerArn: layerArnOf(scope, record.name),
    Content: { Location: packageUrl(state, code), CodeSha256: code.sha256, CodeSize: code.size },
  }
}

/** Whether a layer is of a kind that a list asks for. */
export function isCompatible(
  { runtimes = [], architectures = [] }: LayerRecord,
  wanted: {
    readonly CompatibleRuntime?: string | undefined
    readonly CompatibleArchitecture?: string | undefined
  },
): boolean {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = wanted
  if (runtime !== undefined && !runtimes.includes(runtime)) return false
  return architecture === undefined || architectures.length === 0 || architectures.includes(architecture)
}
