import type { GetFunctionRequest, GetFunctionResponse } from '@aws-sdk/client-lambda'
import { functionConfiguration } from '../answers.ts'
import { getVersion } from '../find.ts'
import { keyOf, parseName } from '../names.ts'
import { packageUrl } from '../package-url.ts'
import { type Operation, reservations, tags } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export const GetFunction: Operation<GetFunctionRequest, GetFunctionResponse> = async (context, input) => {
  const { state } = context
  const reference = parseName(context, input.FunctionName, input.Qualifier)
  return await state.store.read(reader => {
    const record = getVersion(reader, state.host, reference)
    const { account, region, name } = reference
    const found = tags.get(reader, account, region, `function:${name}`) ?? {}
    const reserved = reservations.get(reader, ...keyOf(reference))
    return {
      Configuration: functionConfiguration(reader, reference, record, reference.qualifier),
      Code: {
        RepositoryType: 'S3',
        // The code of a project's function is the project's folder, which nobody has to download.
        ...(!record.project && { Location: packageUrl(state, record.code) }),
      },
      ...(Object.keys(found).length > 0 && { Tags: { ...found } }),
      ...(reserved !== undefined && { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    }
  })
}
