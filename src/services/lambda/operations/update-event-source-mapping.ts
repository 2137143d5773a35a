import type { EventSourceMappingConfiguration, UpdateEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { invalidParameter, noSuchResource } from '../errors.ts'
import { findVersion } from '../find.ts'
import { checkAge, checkFilters, mappingAnswer } from '../mapping-rules.ts'
import { arnOf, parseName } from '../names.ts'
import { type MappingRecord, mappings, type Operation } from '../state.ts'
import { announceMapping } from '../watch-mappings.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
export const UpdateEventSourceMapping: Operation<
  UpdateEventSourceMappingRequest,
  EventSourceMappingConfiguration
> = async (context, input) => {
  const { state, now, account, region } = context
  const { UUID = '', FunctionName, Enabled, ...rest } = input
  checkFilters(rest)
  checkAge(rest)
  const record = await state.store.transaction(writer => {
    const before = mappings.get(writer, account, region, UUID)
    if (before === undefined) throw noSuchResource()
    const reference = FunctionName === undefined ? undefined : parseName(context, FunctionName)
    if (reference && findVersion(writer, state.host, reference) === undefined)
      throw invalidParameter('Function does not exist')
    const members = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    const next: MappingRecord = {
      ...before,
      ...members,
      modified: now,
      ...(reference && { FunctionArn: arnOf(reference) }),
      ...(Enabled !== undefined && { State: Enabled ? 'Enabled' : 'Disabled' }),
    }
    mappings.put(writer, next, account, region, UUID)
    return next
  })
  await announceMapping(state, record)
  const doing = Enabled === undefined ? 'Updating' : Enabled ? 'Enabling' : 'Disabling'
  return mappingAnswer(record, doing, state.eventSources.lastResult(UUID))
}
