import type { CreateEventSourceMappingRequest, EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import { invalidParameter, resourceConflict } from '../errors.ts'
import { findVersion } from '../find.ts'
import { checkMapping, mappingAnswer, mappingDefaults } from '../mapping-rules.ts'
import { arnOf, parseName } from '../names.ts'
import { type MappingRecord, mappings, type Operation, tags } from '../state.ts'
import { announceMapping } from '../watch-mappings.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const CreateEventSourceMapping: Operation<
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration
> = async (context, input) => {
  const { state, now, region, account } = context
  const source = checkMapping(input)
  const reference = parseName(context, input.FunctionName)
  const arn = input.EventSourceArn ?? ''
  if (source === 'dynamodb' && !(await state.eventSources.hasStream(arn)))
    throw invalidParameter(`Stream not found: ${arn}`)
  const { FunctionName: _name, Enabled = true, Tags, StartingPositionTimestamp, ...rest } = input
  const functionArn = arnOf(reference)
  const uuid = state.ids.uuid()
  const record = await state.store.transaction(writer => {
    if (findVersion(writer, state.host, reference) === undefined)
      throw invalidParameter('Function does not exist')
    for (const [, other] of mappings.under(writer, account, region))
      if (
        input.EventSourceArn !== undefined &&
        other.EventSourceArn === input.EventSourceArn &&
        other.FunctionArn === functionArn
      )
        throw resourceConflict(
          // The blanks are AWS's (LocalStack's test_lambda_integration_dynamodbstreams.snapshot.json).
          `The event source arn (" ${input.EventSourceArn} ") and function (" ${reference.name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${other.UUID}`,
        )
    const members = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    const made: MappingRecord = {
      ...mappingDefaults(source),
      ...members,
      UUID: uuid,
      FunctionArn: functionArn,
      EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`,
      State: Enabled ? 'Enabled' : 'Disabled',
      modified: now,
      ...(StartingPositionTimestamp && { startAt: StartingPositionTimestamp.getTime() }),
    }
    mappings.put(writer, made, account, region, uuid)
    if (Tags) tags.put(writer, Tags, account, region, `event-source-mapping:${uuid}`)
    return made
  })
  await announceMapping(state, record)
  return mappingAnswer(record, 'Creating')
}
