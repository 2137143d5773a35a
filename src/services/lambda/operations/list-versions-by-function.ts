import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from '@aws-sdk/client-lambda'
import { listedFunction } from '../answers.ts'
import { getLatest } from '../find.ts'
import { parseUnqualified } from '../names.ts'
import { page } from '../pages.ts'
import { functions, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export const ListVersionsByFunction: Operation<
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse
> = async (context, input) => {
  const { state } = context
  const name = parseUnqualified(input.FunctionName)
  return await state.store.read(reader => {
    const current = getLatest(reader, state.host, context, name)
    const records = current.project
      ? [current]
      : [...functions.under(reader, name)].map(([, record]) => record)
    const { items, NextMarker } = page(records, ({ version }) => version, input)
    return {
      Versions: items.map(record => listedFunction(reader, context, record, record.version)),
      ...(NextMarker !== undefined && { NextMarker }),
    }
  })
}
