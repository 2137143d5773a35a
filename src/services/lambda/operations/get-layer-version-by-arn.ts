import type { GetLayerVersionByArnRequest, GetLayerVersionResponse } from '@aws-sdk/client-lambda'
import { getLayer, layerAnswer, parseLayer } from '../layer-rules.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionByArn.html */
export const GetLayerVersionByArn: Operation<GetLayerVersionByArnRequest, GetLayerVersionResponse> = async (
  context,
  input,
) => {
  const { state } = context
  const version = Number(input.Arn?.split(':').at(-1))
  return await state.store.read(reader =>
    layerAnswer(state, context, getLayer(reader, parseLayer(context, input.Arn), version)),
  )
}
