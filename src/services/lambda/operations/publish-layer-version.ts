import type { PublishLayerVersionRequest, PublishLayerVersionResponse } from '@aws-sdk/client-lambda'
import { withPackage } from '../code.ts'
import { layerAnswer, layerName } from '../layer-rules.ts'
import { type LayerRecord, layerCounters, layers, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
export const PublishLayerVersion: Operation<PublishLayerVersionRequest, PublishLayerVersionResponse> = async (
  context,
  input,
) => {
  const { state, now } = context
  const name = layerName(input.LayerName)
  return await withPackage(state, input.Content ?? {}, code =>
    state.store.transaction(writer => {
      const version = (layerCounters.get(writer, name) ?? 0) + 1
      const record: LayerRecord = {
        name,
        version,
        code,
        description: input.Description ?? '',
        created: now,
        ...(input.LicenseInfo !== undefined && { license: input.LicenseInfo }),
        ...(input.CompatibleRuntimes && { runtimes: input.CompatibleRuntimes }),
        ...(input.CompatibleArchitectures && { architectures: input.CompatibleArchitectures }),
      }
      layerCounters.put(writer, version, name)
      layers.put(writer, record, name, version)
      return layerAnswer(state, context, record)
    }),
  )
}
