import type { DestinationConfig, FunctionEventInvokeConfig } from '@aws-sdk/client-lambda'
import type { OperationContext } from '../../aws/index.ts'
import { change } from './deployed.ts'
import { invalidParameter } from './errors.ts'
import {
  checkDestinations,
  checkEventInvoke,
  eventInvokeAnswer,
  eventInvokeMembers,
  qualified,
} from './event-invoke.ts'
import { keyOf, type Reference } from './names.ts'
import { type EventInvokeRecord, eventInvokes, type LambdaState } from './state.ts'

interface Input {
  readonly FunctionName?: string | undefined
  readonly Qualifier?: string | undefined
  readonly MaximumRetryAttempts?: number | undefined
  readonly MaximumEventAgeInSeconds?: number | undefined
  readonly DestinationConfig?: DestinationConfig | undefined
}

/** Writes an event invoke config; `basis` says what is left of the one before, or refuses where it needs one. */
export async function writeEventInvoke(
  context: OperationContext<LambdaState>,
  input: Input,
  basis: (before: EventInvokeRecord | undefined, reference: Reference) => Partial<EventInvokeRecord>,
): Promise<FunctionEventInvokeConfig> {
  const { state, now } = context
  const reference = qualified(context, input.FunctionName, input.Qualifier)
  const members = eventInvokeMembers(input)
  if (Object.keys(members).length === 0 && input.DestinationConfig === undefined)
    throw invalidParameter('You must specify at least one of error handling or destination setting.')
  return await change(state, writer => {
    checkEventInvoke(writer, state, reference)
    checkDestinations(writer, context, reference.name, input.DestinationConfig)
    const key = [...keyOf(reference), reference.qualifier] as const
    const record = { ...basis(eventInvokes.get(writer, ...key), reference), ...members, modified: now }
    eventInvokes.put(writer, record, ...key)
    return eventInvokeAnswer(reference, record)
  })
}
