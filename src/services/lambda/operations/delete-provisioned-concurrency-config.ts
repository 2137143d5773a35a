import type { DeleteProvisionedConcurrencyConfigRequest } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { keyOf } from '../names.ts'
import { namedProvision, provisionableVersion } from '../provisioned-rules.ts'
import { type Operation, provisioned } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html */
export const DeleteProvisionedConcurrencyConfig: Operation<
  DeleteProvisionedConcurrencyConfigRequest,
  object
> = async (context, input) => {
  const { state } = context
  const { reference, qualifier } = namedProvision(context, input)
  return await change(state, writer => {
    provisionableVersion(writer, state, reference, qualifier)
    provisioned.remove(writer, ...keyOf(reference), qualifier)
    return {}
  })
}
