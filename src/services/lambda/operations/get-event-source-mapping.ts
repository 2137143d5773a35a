import type { EventSourceMappingConfiguration, GetEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { noSuchResource } from '../errors.ts'
import { mappingAnswer } from '../mapping-rules.ts'
import { mappings, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export const GetEventSourceMapping: Operation<
  GetEventSourceMappingRequest,
  EventSourceMappingConfiguration
> = async (context, input) => {
  const { state, account, region } = context
  const record = await state.store.read(reader => mappings.get(reader, account, region, input.UUID ?? ''))
  if (record === undefined) throw noSuchResource()
  return mappingAnswer(record, undefined, state.eventSources.lastResult(record.UUID ?? ''))
}
