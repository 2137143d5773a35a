import type { DeleteAliasRequest } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { aliases, eventInvokes, type Operation, policies, provisioned, urls } from '../state.ts'

/** Deleting what is not there is no error. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html */
export const DeleteAlias: Operation<DeleteAliasRequest, object> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { Name: alias = '' } = input
  return await change(state, writer => {
    getLatest(writer, state.host, reference)
    aliases.remove(writer, ...keyOf(reference), alias)
    for (const table of [eventInvokes, policies, provisioned, urls])
      table.remove(writer, ...keyOf(reference), alias)
    return {}
  })
}
