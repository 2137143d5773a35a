import type { FunctionConfiguration, PublishVersionRequest } from '@aws-sdk/client-lambda'
import { functionConfiguration } from '../answers.ts'
import { change } from '../deployed.ts'
import { invalidParameter, preconditionFailed, projectFunction } from '../errors.ts'
import { getLatest } from '../find.ts'
import { parseUnqualified } from '../names.ts'
import { publish } from '../publish.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export const PublishVersion: Operation<PublishVersionRequest, FunctionConfiguration> = async (
  context,
  input,
) => {
  const { state, now } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await change(state, writer => {
    const current = getLatest(writer, state.host, reference)
    if (current.project)
      throw projectFunction(reference.name, 'it has no versions but the one that its files are')
    if (input.RevisionId !== undefined && input.RevisionId !== current.revision)
      throw preconditionFailed('GetFunction/GetAlias')
    const { sha256 } = current.code
    if (input.CodeSha256 !== undefined && input.CodeSha256 !== '' && input.CodeSha256 !== sha256)
      throw invalidParameter(
        `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${sha256}). Please try again with the CodeSHA256 in $LATEST.`,
      )
    const version = publish(writer, reference, current, state.ids, now, input.Description)
    return functionConfiguration(writer, reference, version)
  })
}
