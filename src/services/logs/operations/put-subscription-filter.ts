import type { PutSubscriptionFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../../aws/index.ts'
import type { InvokingService } from '../../../ports/index.ts'
import { invalidParameter, limitExceeded } from '../errors.ts'
import { compilePattern } from '../filter/compile-pattern.ts'
import { getGroup } from '../names.ts'
import { type LogsState, type Operation, subscriptions } from '../state.ts'
import { subscribingService } from '../subscribers.ts'

/** Functions may subscribe; two filters per group, as on AWS. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html */
export const PutSubscriptionFilter: Operation<PutSubscriptionFilterRequest, object> = async (
  context,
  input,
) => {
  const { state, account, region, now } = context
  const { logGroupName: group = '', filterName: name = '', filterPattern = '', destinationArn = '' } = input
  compilePattern(filterPattern)
  const [, , service = '', , owner, , target] = destinationArn.split(':')
  // Both recorded: LocalStack's test_logs_subscription_filters.snapshot.json, before the group is looked for.
  if (service === 'lambda' && owner !== account)
    throw new AwsError(
      'AccessDeniedException',
      'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
    )
  if ((service === 'kinesis' || service === 'firehose') && input.roleArn === undefined)
    throw invalidParameter(`destinationArn for vendor ${service} cannot be used without roleArn`)
  if (service !== 'lambda')
    throw invalidParameter(`Lambdarium delivers log events to functions only, not to ${destinationArn}.`)
  if (group === `/aws/lambda/${target}`)
    throw invalidParameter(`${target} would be told of its own log, and log that, without end.`)
  await state.store.read(reader => getGroup(reader, context, group))
  await checkFunction(state, destinationArn, subscribingService(context, group))
  return await state.store.transaction(writer => {
    getGroup(writer, context, group)
    const others = [...subscriptions.under(writer, account, region, group)].filter(
      ([, other]) => other.name !== name,
    )
    if (others.length >= 2) throw limitExceeded()
    const before = subscriptions.get(writer, account, region, group, name)
    const record = {
      name,
      pattern: filterPattern,
      destination: destinationArn,
      distribution: input.distribution ?? 'ByLogStream',
      created: before?.created ?? now,
      ...(input.roleArn !== undefined && { role: input.roleArn }),
    }
    subscriptions.put(writer, record, account, region, group, name)
    return {}
  })
}

/** AWS tries whether it may call the function; the text is recorded (LocalStack's logs snapshots). */
async function checkFunction(
  { functions }: LogsState,
  functionName: string,
  onBehalfOf: InvokingService,
): Promise<void> {
  try {
    await functions.invoke({ functionName, invocationType: 'DryRun', payload: new Uint8Array(), onBehalfOf })
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause
    throw Object.assign(
      invalidParameter(
        'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
      ),
      { cause },
    )
  }
}
