import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from '@aws-sdk/client-lambda'
import { listedFunction } from '../answers.ts'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { page } from '../pages.ts'
import { functions, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export const ListVersionsByFunction: Operation<
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await state.store.read(reader => {
    const current = getLatest(reader, state.host, reference)
    const records = current.project
      ? [current]
      : [...functions.under(reader, ...keyOf(reference))].map(([, record]) => record)
    const { items, NextMarker } = page(records, ({ version }) => version, input)
    return {
      Versions: items.map(record => listedFunction(reader, reference, record, record.version)),
      ...(NextMarker !== undefined && { NextMarker }),
    }
  })
}
