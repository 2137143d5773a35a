import type { DeleteParametersRequest, DeleteParametersResult } from '@aws-sdk/client-ssm'
import { pathOf } from '../names.ts'
import { armPolicies } from '../policy-timers.ts'
import { removeParameter } from '../records.ts'
import { type Operation, parameters, versions } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
export const DeleteParameters: Operation<DeleteParametersRequest, DeleteParametersResult> = async (
  context,
  input,
) => {
  const { state, account, region } = context
  const names = [...new Set(input.Names ?? [])]
  const types = await state.store.transaction(writer =>
    names.map(name => {
      const path = pathOf(name)
      const record = parameters.get(writer, account, region, path)
      if (record === undefined) return undefined
      const type = versions.get(writer, account, region, path, record.latest)?.type
      removeParameter(writer, context, path)
      return type ?? 'String'
    }),
  )
  for (const [at, name] of names.entries()) {
    if (types[at] === undefined) continue
    await armPolicies(state, context, pathOf(name))
    context.emit({ type: 'Parameter Store Change', detail: { operation: 'Delete', name, type: types[at] } })
  }
  return {
    DeletedParameters: names.filter((_, at) => types[at] !== undefined),
    InvalidParameters: names.filter((_, at) => types[at] === undefined),
  }
}
