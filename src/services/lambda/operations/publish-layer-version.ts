import type { PublishLayerVersionRequest, PublishLayerVersionResponse } from '@aws-sdk/client-lambda'
import { withPackage } from '../code.ts'
import { change } from '../deployed.ts'
import { layerAnswer, layerKey, parseLayer } from '../layer-rules.ts'
import { type LayerRecord, layerCounters, layers, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
export const PublishLayerVersion: Operation<PublishLayerVersionRequest, PublishLayerVersionResponse> = async (
  context,
  input,
) => {
  const { state, now } = context
  const layer = parseLayer(context, input.LayerName)
  return await withPackage(state, input.Content ?? {}, code =>
    change(state, writer => {
      const version = (layerCounters.get(writer, ...layerKey(layer)) ?? 0) + 1
      const record: LayerRecord = {
        name: layer.name,
        version,
        code,
        description: input.Description ?? '',
        created: now,
        ...(input.LicenseInfo !== undefined && { license: input.LicenseInfo }),
        ...(input.CompatibleRuntimes && { runtimes: input.CompatibleRuntimes }),
        ...(input.CompatibleArchitectures && { architectures: input.CompatibleArchitectures }),
      }
      layerCounters.put(writer, version, ...layerKey(layer))
      layers.put(writer, record, ...layerKey(layer), version)
      return layerAnswer(state, context, record)
    }),
  )
}
