import type { DeleteFunctionRequest, DeleteFunctionResponse } from '@aws-sdk/client-lambda'
import type { JsonTable, KeyPart, Writer } from '../../../stores/index.ts'
import { dropPackages } from '../code.ts'
import { change } from '../deployed.ts'
import { invalidParameter, projectFunction, resourceConflict } from '../errors.ts'
import { getLatest } from '../find.ts'
import { isVersion, keyOf, latest, parseName, type Reference, versionNumber } from '../names.ts'
import {
  aliases,
  eventInvokes,
  functions,
  type Operation,
  policies,
  provisioned,
  recursions,
  reservations,
  runtimeManagement,
  tags,
  urls,
} from '../state.ts'

function removeAll(writer: Writer, table: JsonTable<unknown>, reference: Reference): void {
  const keys: KeyPart[][] = [...table.under(writer, ...keyOf(reference))].map(([key]) => key)
  for (const key of keys) table.remove(writer, ...key)
}

/** Event source mappings stay when their function goes, as on AWS. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export const DeleteFunction: Operation<DeleteFunctionRequest, DeleteFunctionResponse> = async (
  context,
  input,
) => {
  const { state } = context
  const { qualifier, ...reference } = parseName(context, input.FunctionName, input.Qualifier)
  if (qualifier === latest)
    throw invalidParameter('$LATEST version cannot be deleted without deleting the function.')
  if (qualifier !== undefined && !isVersion(qualifier))
    throw invalidParameter('Deletion of aliases is not currently supported.')
  const removed = await change(state, writer => {
    const current = getLatest(writer, state.host, reference)
    if (current.project) throw projectFunction(reference.name, 'it goes when its files go')
    const records = [...functions.under(writer, ...keyOf(reference))].map(([, record]) => record)
    if (qualifier !== undefined) {
      const version = records.find(record => record.version === qualifier)
      // Recorded: deleting a version that is not there is no error where the function is (LocalStack's test_lambda_api).
      if (version === undefined) return []
      const users = [...aliases.under(writer, ...keyOf(reference))].filter(
        ([, alias]) => alias.version === qualifier || alias.weights?.[qualifier] !== undefined,
      )
      if (users.length > 0)
        throw resourceConflict(
          `Unable to delete version because the following aliases reference it: [${users.map(([, alias]) => alias.name).join(', ')}]`,
        )
      functions.remove(writer, ...keyOf(reference), versionNumber(qualifier))
      return [version]
    }
    const tables: readonly JsonTable<unknown>[] = [
      functions,
      aliases,
      policies,
      reservations,
      provisioned,
      eventInvokes,
      urls,
      recursions,
      runtimeManagement,
    ]
    for (const table of tables) removeAll(writer, table, reference)
    tags.remove(writer, reference.account, reference.region, `function:${reference.name}`)
    return records
  })
  dropPackages(state, removed)
  return { StatusCode: 204 }
}
