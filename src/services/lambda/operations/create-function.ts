import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda'
import { functionConfiguration, pending } from '../answers.ts'
import { withPackage } from '../code.ts'
import { checkLayerNames, checkLayers, newConfiguration } from '../configuration.ts'
import { change } from '../deployed.ts'
import { aboveLimit, functionExists, invalidParameter, tooManyTags, unsupported } from '../errors.ts'
import { keyOf, latest, parseUnqualified } from '../names.ts'
import { publish } from '../publish.ts'
import { type FunctionRecord, functions, type Operation, tags } from '../state.ts'
import { mostTags } from '../tagged.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const CreateFunction: Operation<CreateFunctionRequest, FunctionConfiguration> = async (
  context,
  input,
) => {
  const { state, now } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { name } = reference
  // Recorded with this code, unlike other limits (LocalStack's test_lambda_api, test_function_arns).
  if (name.length > 64) throw invalidParameter(aboveLimit(name, 'functionName', 'length', 64).message)
  if (Object.keys(input.Tags ?? {}).length > mostTags) throw tooManyTags()
  if (input.CapacityProviderConfig || input.DurableConfig || input.TenancyConfig)
    throw unsupported('A capacity provider, durable execution or tenancy')
  const configuration = newConfiguration(input, state.log)
  checkLayerNames(context, configuration.Layers ?? [])
  const exists = await state.store.read(reader => functions.get(reader, ...keyOf(reference), 0) !== undefined)
  if (exists || state.host.project().has(name)) throw functionExists(name)
  return await withPackage(state, input.Code ?? {}, async code => {
    const record: FunctionRecord = {
      name,
      version: latest,
      code,
      configuration,
      modified: now,
      revision: state.ids.uuid(),
      published: 0,
    }
    return await change(state, writer => {
      if (functions.get(writer, ...keyOf(reference), 0) !== undefined) throw functionExists(name)
      checkLayers(writer, configuration.Layers ?? [], code.unpacked)
      functions.put(writer, record, ...keyOf(reference), 0)
      if (input.Tags) tags.put(writer, input.Tags, reference.account, reference.region, `function:${name}`)
      const made = input.Publish ? publish(writer, reference, record, state.ids, now) : record
      // The ARN of what was just created has no version, also where one was published.
      const answer = functionConfiguration(writer, reference, { ...made, version: latest })
      return pending({ ...answer, Version: made.version }, 'created', context.newId())
    })
  })
}
