import type { StartLiveTailRequest, StartLiveTailResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter } from '../errors.ts'
import { compilePattern } from '../filter/compile-pattern.ts'
import { liveTail } from '../live-tail.ts'
import { getGroup, groupName } from '../names.ts'
import type { Arrival, Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
export const StartLiveTail: Operation<StartLiveTailRequest, StartLiveTailResponse> = async (
  context,
  input,
) => {
  const { state, account, region } = context
  const { logGroupIdentifiers = [], logStreamNames, logStreamNamePrefixes, logEventFilterPattern } = input
  if (logStreamNames && logStreamNamePrefixes)
    throw invalidParameter('logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.')
  if ((logStreamNames || logStreamNamePrefixes) && logGroupIdentifiers.length > 1)
    throw invalidParameter('Log streams can be chosen where there is one log group only.')
  const matches = compilePattern(logEventFilterPattern)
  const named = new Map(logGroupIdentifiers.map(identifier => [groupName(identifier), identifier]))
  await state.store.read(reader => {
    for (const name of named.keys()) getGroup(reader, context, name)
  })
  const wantsStream = (name: string): boolean =>
    (logStreamNames?.includes(name) ?? true) &&
    (logStreamNamePrefixes?.some(prefix => name.startsWith(prefix)) ?? true)
  const groupOf = (arrival: Arrival): string | undefined => {
    if (arrival.account !== account || arrival.region !== region || !wantsStream(arrival.stream))
      return undefined
    return named.get(arrival.group)
  }
  const responseStream = liveTail({
    followers: state.followers,
    clock: state.clock,
    groupOf,
    matches,
    start: {
      requestId: context.requestId,
      sessionId: context.newId(),
      logGroupIdentifiers,
      logStreamNames: logStreamNames ?? [],
      logStreamNamePrefixes: logStreamNamePrefixes ?? [],
      logEventFilterPattern: logEventFilterPattern ?? '',
    },
  })
  return { responseStream }
}
