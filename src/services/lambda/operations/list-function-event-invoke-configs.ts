import type {
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
} from '@aws-sdk/client-lambda'
import { resourceNotFound } from '../errors.ts'
import { eventInvokeAnswer } from '../event-invoke.ts'
import { findLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { page } from '../pages.ts'
import { eventInvokes, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html */
export const ListFunctionEventInvokeConfigs: Operation<
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await state.store.read(reader => {
    if (findLatest(reader, state.host, reference) === undefined)
      throw resourceNotFound("The function doesn't exist.")
    const all = [...eventInvokes.under(reader, ...keyOf(reference))].map(([[, , , qualifier], record]) =>
      eventInvokeAnswer({ ...reference, qualifier: String(qualifier) }, record),
    )
    const { items, NextMarker } = page(all, ({ FunctionArn = '' }) => FunctionArn, input)
    return { FunctionEventInvokeConfigs: [...items], ...(NextMarker !== undefined && { NextMarker }) }
  })
}
