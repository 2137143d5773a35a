import type { UnlabelParameterVersionRequest, UnlabelParameterVersionResult } from '@aws-sdk/client-ssm'
import { parameterNotFound, parameterVersionNotFound } from '../errors.ts'
import { pathOf } from '../names.ts'
import { type Operation, parameters, versions } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UnlabelParameterVersion.html */
export const UnlabelParameterVersion: Operation<
  UnlabelParameterVersionRequest,
  UnlabelParameterVersionResult
> = async (context, input) => {
  const { state, account, region } = context
  const name = input.Name ?? ''
  const path = pathOf(name)
  const number = input.ParameterVersion ?? 0
  const removed = await state.store.transaction(writer => {
    const record = parameters.get(writer, account, region, path)
    if (record === undefined) throw parameterNotFound()
    if (versions.get(writer, account, region, path, number) === undefined)
      throw parameterVersionNotFound(name, number)
    const gone = (input.Labels ?? []).filter(label => record.labels[label] === number)
    const labels = Object.fromEntries(
      Object.entries(record.labels).filter(([label]) => !gone.includes(label)),
    )
    parameters.put(writer, { ...record, labels }, account, region, path)
    return gone
  })
  return {
    RemovedLabels: removed,
    InvalidLabels: (input.Labels ?? []).filter(label => !removed.includes(label)),
  }
}
