import type { LabelParameterVersionRequest, LabelParameterVersionResult } from '@aws-sdk/client-ssm'
import { labelLimitExceeded, parameterNotFound, parameterVersionNotFound } from '../errors.ts'
import { pathOf } from '../names.ts'
import { labelsOf } from '../records.ts'
import { type Operation, parameters, versions } from '../state.ts'

/** Labels of letters, digits and `.-_` that begin neither with a digit nor with aws or ssm. */
const isLabel = (text: string): boolean => /^(?!aws|ssm)[a-zA-Z_.-][a-zA-Z0-9_.-]*$/i.test(text)

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html */
export const LabelParameterVersion: Operation<
  LabelParameterVersionRequest,
  LabelParameterVersionResult
> = async (context, input) => {
  const { state, account, region } = context
  const name = input.Name ?? ''
  const path = pathOf(name)
  const labels = input.Labels ?? []
  const version = await state.store.transaction(writer => {
    const record = parameters.get(writer, account, region, path)
    if (record === undefined) throw parameterNotFound()
    const number = input.ParameterVersion || record.latest
    if (versions.get(writer, account, region, path, number) === undefined)
      throw parameterVersionNotFound(name, number)
    const moved = Object.fromEntries(labels.filter(isLabel).map(label => [label, number]))
    const labelled = { ...record, labels: { ...record.labels, ...moved } }
    if (labelsOf(labelled, number).length > 10) throw labelLimitExceeded()
    parameters.put(writer, labelled, account, region, path)
    return number
  })
  const operation = 'LabelParameterVersion'
  context.emit({ type: 'Parameter Store Change', detail: { operation, name, labels } })
  return { InvalidLabels: labels.filter(label => !isLabel(label)), ParameterVersion: version }
}
