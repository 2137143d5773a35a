import type { DeleteAliasRequest } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { getLatest } from '../find.ts'
import { parseUnqualified } from '../names.ts'
import { aliases, eventInvokes, type Operation, policies, provisioned, urls } from '../state.ts'

/** Deleting what is not there is no error. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html */
export const DeleteAlias: Operation<DeleteAliasRequest, object> = async (context, input) => {
  const { state } = context
  const name = parseUnqualified(input.FunctionName)
  const { Name: alias = '' } = input
  return await change(state, writer => {
    getLatest(writer, state.host, context, name)
    aliases.remove(writer, name, alias)
    for (const table of [eventInvokes, policies, provisioned, urls]) table.remove(writer, name, alias)
    return {}
  })
}
