import type { ListFunctionsRequest, ListFunctionsResponse } from '@aws-sdk/client-lambda'
import { listedFunction } from '../answers.ts'
import { projectRecord } from '../find.ts'
import { latest } from '../names.ts'
import { page } from '../pages.ts'
import { type FunctionRecord, functions, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export const ListFunctions: Operation<ListFunctionsRequest, ListFunctionsResponse> = async (
  context,
  input,
) => {
  const { state } = context
  const project = state.host.project()
  return await state.store.read(reader => {
    const records: FunctionRecord[] = [...project.values()].map(projectRecord)
    for (const [, record] of functions.under(reader, context.account, context.region)) {
      if (project.has(record.name)) continue
      if (record.version === latest || input.FunctionVersion === 'ALL') records.push(record)
    }
    const keyOf = ({ name, version }: FunctionRecord): string =>
      `${name}\0${version === latest ? '' : version.padStart(12, '0')}`
    const sorted = records.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    const { items, NextMarker } = page(sorted, keyOf, input)
    // With all versions asked for, also $LATEST's ARN names its version.
    const qualifier = (record: FunctionRecord) =>
      input.FunctionVersion === 'ALL' ? record.version : undefined
    return {
      Functions: items.map(record => listedFunction(reader, context, record, qualifier(record))),
      ...(NextMarker !== undefined && { NextMarker }),
    }
  })
}
