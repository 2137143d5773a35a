import type { ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse } from '@aws-sdk/client-lambda'
import { resourceNotFound } from '../errors.ts'
import { findLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { page } from '../pages.ts'
import { type Operation, urls } from '../state.ts'
import { urlAnswer } from '../url/url-rules.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html */
export const ListFunctionUrlConfigs: Operation<
  ListFunctionUrlConfigsRequest,
  ListFunctionUrlConfigsResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await state.store.read(reader => {
    if (findLatest(reader, state.host, reference) === undefined)
      throw resourceNotFound('Function does not exist')
    const all = [...urls.under(reader, ...keyOf(reference))].map(([[, , , qualifier], record]) =>
      urlAnswer(state, qualifier === '' ? reference : { ...reference, qualifier: String(qualifier) }, record),
    )
    const { items, NextMarker } = page(all, ({ FunctionArn = '' }) => FunctionArn, input)
    return { FunctionUrlConfigs: [...items], ...(NextMarker !== undefined && { NextMarker }) }
  })
}
