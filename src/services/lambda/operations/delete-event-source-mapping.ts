import type { DeleteEventSourceMappingRequest, EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import { noSuchResource } from '../errors.ts'
import { mappingAnswer } from '../mapping-rules.ts'
import { mappings, type Operation, tags } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html */
export const DeleteEventSourceMapping: Operation<
  DeleteEventSourceMappingRequest,
  EventSourceMappingConfiguration
> = async (context, input) => {
  const { state, account, region } = context
  const { UUID = '' } = input
  const record = await state.store.transaction(writer => {
    const before = mappings.get(writer, account, region, UUID)
    if (before === undefined) throw noSuchResource()
    mappings.remove(writer, account, region, UUID)
    tags.remove(writer, account, region, `event-source-mapping:${UUID}`)
    return before
  })
  state.eventSources.remove(UUID)
  return mappingAnswer(record, 'Deleting')
}
