import type { GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse } from '@aws-sdk/client-lambda'
import { resourceNotFound } from '../errors.ts'
import { checkLayerExists, checkLayerVersion, layerName } from '../layer-rules.ts'
import { policyText } from '../policy.ts'
import { type Operation, policies } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html */
export const GetLayerVersionPolicy: Operation<
  GetLayerVersionPolicyRequest,
  GetLayerVersionPolicyResponse
> = async (context, input) => {
  const name = layerName(input.LayerName)
  const version = checkLayerVersion(input.VersionNumber)
  return await context.state.store.read(reader => {
    checkLayerExists(reader, context, name, version)
    const record = policies.get(reader, `layer:${name}`, String(version))
    if (record === undefined) throw resourceNotFound('No policy is associated with the given resource.')
    return { Policy: policyText(record), RevisionId: record.revision }
  })
}
