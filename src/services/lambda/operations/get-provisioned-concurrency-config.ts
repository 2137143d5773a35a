import type {
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda'
import { functionId } from '../../../ports/index.ts'
import { keyOf } from '../names.ts'
import {
  namedProvision,
  noProvisionedConfig,
  provisionableVersion,
  provisionedAnswer,
} from '../provisioned-rules.ts'
import { type Operation, provisioned } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html */
export const GetProvisionedConcurrencyConfig: Operation<
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse
> = async (context, input) => {
  const { state } = context
  const { reference, qualifier } = namedProvision(context, input)
  return await state.store.read(reader => {
    const version = provisionableVersion(reader, state, reference, qualifier)
    const record = provisioned.get(reader, ...keyOf(reference), qualifier)
    if (record === undefined) throw noProvisionedConfig()
    return provisionedAnswer(record, state.host.provisioned(functionId(reference, reference.name), version))
  })
}
