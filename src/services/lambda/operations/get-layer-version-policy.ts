import type { GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse } from '@aws-sdk/client-lambda'
import { resourceNotFound } from '../errors.ts'
import { checkLayerExists, checkLayerVersion, layerPolicyKey, parseLayer } from '../layer-rules.ts'
import { policyText } from '../policy.ts'
import { type Operation, policies } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html */
export const GetLayerVersionPolicy: Operation<
  GetLayerVersionPolicyRequest,
  GetLayerVersionPolicyResponse
> = async (context, input) => {
  const layer = parseLayer(context, input.LayerName)
  const version = checkLayerVersion(input.VersionNumber)
  return await context.state.store.read(reader => {
    checkLayerExists(reader, layer, version)
    const record = policies.get(reader, ...layerPolicyKey(layer, version))
    if (record === undefined) throw resourceNotFound('No policy is associated with the given resource.')
    return { Policy: policyText(record), RevisionId: record.revision }
  })
}
