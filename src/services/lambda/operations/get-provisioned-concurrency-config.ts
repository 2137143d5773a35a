import type {
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda'
import { invalidParameter } from '../errors.ts'
import { keyOf, latest, parseUnqualified } from '../names.ts'
import { checkProvisionable, noProvisionedConfig, provisionedAnswer } from '../provisioned-rules.ts'
import { type Operation, provisioned } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html */
export const GetProvisionedConcurrencyConfig: Operation<
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { Qualifier: qualifier = '' } = input
  if (qualifier === latest)
    throw invalidParameter('The function resource provided must be an alias or a published version.')
  return await state.store.read(reader => {
    checkProvisionable(reader, state, reference, qualifier)
    const record = provisioned.get(reader, ...keyOf(reference), qualifier)
    if (record === undefined) throw noProvisionedConfig()
    return provisionedAnswer(record.count, record.modified, true)
  })
}
