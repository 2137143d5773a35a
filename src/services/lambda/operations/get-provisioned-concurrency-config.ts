import type {
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda'
import { invalidParameter } from '../errors.ts'
import { latest, parseUnqualified } from '../names.ts'
import { checkProvisionable, noProvisionedConfig, provisionedAnswer } from '../provisioned-rules.ts'
import { type Operation, provisioned } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html */
export const GetProvisionedConcurrencyConfig: Operation<
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse
> = async (context, input) => {
  const { state } = context
  const name = parseUnqualified(input.FunctionName)
  const { Qualifier: qualifier = '' } = input
  if (qualifier === latest)
    throw invalidParameter('The function resource provided must be an alias or a published version.')
  return await state.store.read(reader => {
    checkProvisionable(reader, state, context, name, qualifier)
    const record = provisioned.get(reader, name, qualifier)
    if (record === undefined) throw noProvisionedConfig()
    return provisionedAnswer(record.count, record.modified, true)
  })
}
