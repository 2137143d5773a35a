import type { GetParameterHistoryRequest, GetParameterHistoryResult } from '@aws-sdk/client-ssm'
import { historyOf } from '../answers.ts'
import { parameterNotFound } from '../errors.ts'
import { parseReference } from '../names.ts'
import { readToken, tokenAfter } from '../page-token.ts'
import { versionsOf } from '../records.ts'
import { type Operation, parameters } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html */
export const GetParameterHistory: Operation<GetParameterHistoryRequest, GetParameterHistoryResult> = async (
  context,
  input,
) => {
  const reference = parseReference(input.Name ?? '', context)
  const { account, region, path } = reference
  const after = Number(readToken(input.NextToken) ?? 0)
  const limit = input.MaxResults ?? 50
  const { record, rest } = await context.state.store.read(reader => ({
    record: parameters.get(reader, account, region, path),
    rest: versionsOf(reader, reference, path).filter(({ version }) => version > after),
  }))
  if (record === undefined) throw parameterNotFound()
  const page = rest.slice(0, limit)
  const Parameters = page.map(version =>
    historyOf(reference, path, { record, version }, input.WithDecryption ?? false),
  )
  const last = page.at(-1)
  return last !== undefined && rest.length > limit
    ? { Parameters, NextToken: tokenAfter(last.version) }
    : { Parameters }
}
