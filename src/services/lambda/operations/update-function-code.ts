import type { FunctionConfiguration, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import { functionConfiguration, pending } from '../answers.ts'
import { dropPackages, readCode, withPackage } from '../code.ts'
import { checkLayers } from '../configuration.ts'
import { change } from '../deployed.ts'
import { preconditionFailed, projectFunction } from '../errors.ts'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { publish } from '../publish.ts'
import { functions, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export const UpdateFunctionCode: Operation<UpdateFunctionCodeRequest, FunctionConfiguration> = async (
  context,
  input,
) => {
  const { state, now } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const before = await state.store.read(reader => getLatest(reader, state.host, reference))
  if (before.project) throw projectFunction(reference.name, 'its code is what its files say')
  if (input.RevisionId !== undefined && input.RevisionId !== before.revision)
    throw preconditionFailed('GetFunction/GetAlias')
  if (input.DryRun) {
    const { archive } = await readCode(state, input)
    const code = { ...before.code, sha256: state.packages.hashOf(archive), size: archive.length }
    return await state.store.read(reader => functionConfiguration(reader, reference, { ...before, code }))
  }
  const answer = await withPackage(state, input, code =>
    change(state, writer => {
      const current = getLatest(writer, state.host, reference)
      if (input.RevisionId !== undefined && input.RevisionId !== current.revision)
        throw preconditionFailed('GetFunction/GetAlias')
      checkLayers(writer, current.configuration.Layers ?? [], code.unpacked)
      const configuration = input.Architectures
        ? { ...current.configuration, Architectures: input.Architectures }
        : current.configuration
      const next = { ...current, code, configuration, modified: now, revision: state.ids.uuid() }
      functions.put(writer, next, ...keyOf(reference), 0)
      if (!input.Publish)
        return pending(functionConfiguration(writer, reference, next), 'updated', context.newId())
      const version = publish(writer, reference, next, state.ids, now)
      return pending(functionConfiguration(writer, reference, version), 'created', version.revision)
    }),
  )
  dropPackages(state, [before])
  return answer
}
