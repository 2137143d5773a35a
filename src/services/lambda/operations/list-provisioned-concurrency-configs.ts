import type {
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
} from '@aws-sdk/client-lambda'
import { functionId } from '../../../ports/index.ts'
import { getLatest } from '../find.ts'
import { arnOf, keyOf, parseUnqualified } from '../names.ts'
import { page } from '../pages.ts'
import { provisionableVersion, provisionedAnswer } from '../provisioned-rules.ts'
import { type Operation, provisioned } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html */
export const ListProvisionedConcurrencyConfigs: Operation<
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await state.store.read(reader => {
    getLatest(reader, state.host, reference)
    const id = functionId(reference, reference.name)
    const all = [...provisioned.under(reader, ...keyOf(reference))].map(([[, , , qualifier], record]) => ({
      FunctionArn: arnOf({ ...reference, qualifier: String(qualifier) }),
      ...provisionedAnswer(
        record,
        state.host.provisioned(id, provisionableVersion(reader, state, reference, String(qualifier))),
      ),
    }))
    const { items, NextMarker } = page(all, ({ FunctionArn }) => FunctionArn, input)
    return { ProvisionedConcurrencyConfigs: [...items], ...(NextMarker !== undefined && { NextMarker }) }
  })
}
