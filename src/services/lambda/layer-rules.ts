import type { GetLayerVersionResponse, LayerVersionsListItem } from '@aws-sdk/client-lambda'
import type { Reader } from '../../stores/index.ts'
import { timestamp } from './answers.ts'
import { invalidParameter, noSuchResource, resourceNotFound } from './errors.ts'
import { layerArnOf } from './names.ts'
import { packageUrl } from './package-url.ts'
import { type LambdaState, type LayerRecord, layers, type Scope } from './state.ts'

/** A layer's name, given as a name or an ARN. */
export function layerName(text: string | undefined): string {
  const parts = (text ?? '').split(':')
  return parts.length === 1 ? (text ?? '') : (parts[6] ?? '')
}

export function checkLayerVersion(version: number | undefined): number {
  if (version === undefined || version < 1) throw invalidParameter('Layer Version Cannot be less than 1')
  return version
}

export function findLayer(reader: Reader, name: string, version: number): LayerRecord | undefined {
  const record = layers.get(reader, name, version)
  return record?.deleted ? undefined : record
}

export function getLayer(reader: Reader, name: string, version: number): LayerRecord {
  const record = findLayer(reader, name, version)
  if (record === undefined) throw noSuchResource()
  return record
}

/** Words of the operations on policies. */
export function checkLayerExists(reader: Reader, scope: Scope, name: string, version: number): void {
  if (findLayer(reader, name, version) === undefined)
    throw resourceNotFound(`Layer version ${layerArnOf(scope, name, version)} does not exist.`)
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
