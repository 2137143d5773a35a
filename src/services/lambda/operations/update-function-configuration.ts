import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { functionConfiguration, pending } from '../answers.ts'
import { checkLayerNames, checkLayers, mergeConfiguration } from '../configuration.ts'
import { change } from '../deployed.ts'
import { preconditionFailed, projectFunction, unsupported } from '../errors.ts'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { functions, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export const UpdateFunctionConfiguration: Operation<
  UpdateFunctionConfigurationRequest,
  FunctionConfiguration
> = async (context, input) => {
  const { state, now } = context
  const reference = parseUnqualified(context, input.FunctionName)
  if (input.ImageConfig) throw unsupported('A function out of a container image')
  return await change(state, writer => {
    const current = getLatest(writer, state.host, reference)
    if (current.project)
      throw projectFunction(reference.name, 'its configuration stands in lambdarium.config')
    if (input.RevisionId !== undefined && input.RevisionId !== current.revision)
      throw preconditionFailed('GetFunction/GetAlias')
    const configuration = mergeConfiguration(current.configuration, input, state.log)
    checkLayerNames(context, configuration.Layers ?? [])
    checkLayers(writer, configuration.Layers ?? [], current.code.unpacked)
    const next = { ...current, configuration, modified: now, revision: state.ids.uuid() }
    functions.put(writer, next, ...keyOf(reference), 0)
    return pending(functionConfiguration(writer, reference, next), 'updated', context.newId())
  })
}
