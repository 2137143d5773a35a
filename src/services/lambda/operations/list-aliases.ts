import type { ListAliasesRequest, ListAliasesResponse } from '@aws-sdk/client-lambda'
import { aliasConfiguration } from '../answers.ts'
import { getLatest } from '../find.ts'
import { parseUnqualified } from '../names.ts'
import { page } from '../pages.ts'
import { aliases, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export const ListAliases: Operation<ListAliasesRequest, ListAliasesResponse> = async (context, input) => {
  const { state } = context
  const name = parseUnqualified(input.FunctionName)
  return await state.store.read(reader => {
    getLatest(reader, state.host, context, name)
    const { FunctionVersion: version } = input
    const records = [...aliases.under(reader, name)]
      .map(([, record]) => record)
      .filter(
        record =>
          version === undefined || record.version === version || record.weights?.[version] !== undefined,
      )
    const { items, NextMarker } = page(records, record => record.name, input)
    return {
      Aliases: items.map(record => aliasConfiguration(context, name, record)),
      ...(NextMarker !== undefined && { NextMarker }),
    }
  })
}
