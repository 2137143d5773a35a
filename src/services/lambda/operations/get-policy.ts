import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-lambda'
import { noSuchResource } from '../errors.ts'
import { findLatest } from '../find.ts'
import { parseName } from '../names.ts'
import { policyOf, policyText } from '../policy.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export const GetPolicy: Operation<GetPolicyRequest, GetPolicyResponse> = async (context, input) => {
  const { state } = context
  const reference = parseName(context, input.FunctionName, input.Qualifier)
  return await state.store.read(reader => {
    const record = findLatest(reader, state.host, reference) && policyOf(reader, reference)
    if (record === undefined) throw noSuchResource()
    return { Policy: policyText(record), RevisionId: record.revision }
  })
}
