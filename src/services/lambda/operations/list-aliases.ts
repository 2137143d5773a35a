import type { ListAliasesRequest, ListAliasesResponse } from '@aws-sdk/client-lambda'
import { aliasConfiguration } from '../answers.ts'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { page } from '../pages.ts'
import { aliases, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export const ListAliases: Operation<ListAliasesRequest, ListAliasesResponse> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await state.store.read(reader => {
    getLatest(reader, state.host, reference)
    const { FunctionVersion: version } = input
    const records = [...aliases.under(reader, ...keyOf(reference))]
      .map(([, record]) => record)
      .filter(
        record =>
          version === undefined || record.version === version || record.weights?.[version] !== undefined,
      )
    const { items, NextMarker } = page(records, record => record.name, input)
    return {
      Aliases: items.map(record => aliasConfiguration(reference, record)),
      ...(NextMarker !== undefined && { NextMarker }),
    }
  })
}
