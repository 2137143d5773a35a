import type {
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
} from '@aws-sdk/client-lambda'
import { getLatest } from '../find.ts'
import { arnOf, parseUnqualified } from '../names.ts'
import { page } from '../pages.ts'
import { provisionedAnswer } from '../provisioned-rules.ts'
import { type Operation, provisioned } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html */
export const ListProvisionedConcurrencyConfigs: Operation<
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse
> = async (context, input) => {
  const { state } = context
  const name = parseUnqualified(input.FunctionName)
  return await state.store.read(reader => {
    getLatest(reader, state.host, context, name)
    const all = [...provisioned.under(reader, name)].map(([[, qualifier], record]) => ({
      FunctionArn: arnOf(context, { name, qualifier: String(qualifier) }),
      ...provisionedAnswer(record.count, record.modified, true),
    }))
    const { items, NextMarker } = page(all, ({ FunctionArn }) => FunctionArn, input)
    return { ProvisionedConcurrencyConfigs: [...items], ...(NextMarker !== undefined && { NextMarker }) }
  })
}
