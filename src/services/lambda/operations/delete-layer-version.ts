import type { DeleteLayerVersionRequest } from '@aws-sdk/client-lambda'
import { checkLayerVersion, layerKey, layerPolicyKey, parseLayer } from '../layer-rules.ts'
import { layers, type Operation, policies } from '../state.ts'

/** Functions that have the layer keep it; nothing new can take it. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html */
export const DeleteLayerVersion: Operation<DeleteLayerVersionRequest, object> = async (context, input) => {
  const layer = parseLayer(context, input.LayerName)
  const version = checkLayerVersion(input.VersionNumber)
  return await context.state.store.transaction(writer => {
    const record = layers.get(writer, ...layerKey(layer), version)
    if (record) layers.put(writer, { ...record, deleted: true }, ...layerKey(layer), version)
    policies.remove(writer, ...layerPolicyKey(layer, version))
    return {}
  })
}
