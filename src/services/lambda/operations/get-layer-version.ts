import type { GetLayerVersionRequest, GetLayerVersionResponse } from '@aws-sdk/client-lambda'
import { checkLayerVersion, getLayer, layerAnswer, parseLayer } from '../layer-rules.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersion.html */
export const GetLayerVersion: Operation<GetLayerVersionRequest, GetLayerVersionResponse> = async (
  context,
  input,
) => {
  const { state } = context
  const version = checkLayerVersion(input.VersionNumber)
  return await state.store.read(reader =>
    layerAnswer(state, context, getLayer(reader, parseLayer(context, input.LayerName), version)),
  )
}
