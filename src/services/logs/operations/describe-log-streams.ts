import type { DescribeLogStreamsRequest, DescribeLogStreamsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../../aws/index.ts'
import { invalidParameter } from '../errors.ts'
import { getGroup, groupArn, groupName } from '../names.ts'
import { page } from '../pages.ts'
import { type Operation, type StreamRecord, streams } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export const DescribeLogStreams: Operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse> = async (
  context,
  input,
) => {
  const { state, account, region } = context
  const {
    logGroupIdentifier,
    orderBy = 'LogStreamName',
    descending = false,
    logStreamNamePrefix = '',
  } = input
  if (input.logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw new AwsError(
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    )
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== '')
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
  const group = groupName(input.logGroupName, logGroupIdentifier)
  await state.flushed()
  return await state.store.read(reader => {
    getGroup(reader, context, group)
    const records = [...streams.under(reader, account, region, group)]
      .map(([, record]) => record)
      .filter(({ name }) => name.startsWith(logStreamNamePrefix))
    const time = ({ last, created }: StreamRecord): number => last ?? created
    if (orderBy === 'LastEventTime') records.sort((a, b) => time(a) - time(b))
    if (descending) records.reverse()
    const { items, nextToken } = page(records, ({ name }) => name, input.nextToken, input.limit)
    return {
      logStreams: items.map(({ name, created, first, last, ingested }) => ({
        logStreamName: name,
        creationTime: created,
        ...(first !== undefined && { firstEventTimestamp: first }),
        ...(last !== undefined && { lastEventTimestamp: last }),
        ...(ingested !== undefined && {
          lastIngestionTime: ingested,
          uploadSequenceToken: String(ingested).padStart(56, '4'),
        }),
        arn: `${groupArn(context, group)}:log-stream:${name}`,
        storedBytes: 0,
      })),
      ...(nextToken !== undefined && { nextToken }),
    }
  })
}
