import type { DeleteProvisionedConcurrencyConfigRequest } from '@aws-sdk/client-lambda'
import { invalidParameter } from '../errors.ts'
import { keyOf, latest, parseUnqualified } from '../names.ts'
import { checkProvisionable } from '../provisioned-rules.ts'
import { type Operation, provisioned } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html */
export const DeleteProvisionedConcurrencyConfig: Operation<
  DeleteProvisionedConcurrencyConfigRequest,
  object
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { Qualifier: qualifier = '' } = input
  if (qualifier === latest)
    throw invalidParameter('The function resource provided must be an alias or a published version.')
  return await state.store.transaction(writer => {
    checkProvisionable(writer, state, reference, qualifier)
    provisioned.remove(writer, ...keyOf(reference), qualifier)
    return {}
  })
}
