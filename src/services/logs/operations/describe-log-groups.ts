import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroupClass,
} from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter } from '../errors.ts'
import { groupArn, groupName } from '../names.ts'
import { page } from '../pages.ts'
import { groups, metricFilters, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const DescribeLogGroups: Operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse> = async (
  context,
  input,
) => {
  const { state, account, region } = context
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers } = input
  if (prefix !== undefined && pattern !== undefined)
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    )
  const named = logGroupIdentifiers?.map(identifier => groupName(identifier))
  return await state.store.read(reader => {
    const found = [...groups.under(reader, account, region)]
      .map(([, record]) => record)
      .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
      .filter(({ name }) => pattern === undefined || name.toLowerCase().includes(pattern.toLowerCase()))
      .filter(({ name }) => named === undefined || named.includes(name))
    const { items, nextToken } = page(found, ({ name }) => name, input.nextToken, input.limit)
    return {
      logGroups: items.map(record => ({
        logGroupName: record.name,
        creationTime: record.created,
        ...(record.retention !== undefined && { retentionInDays: record.retention }),
        metricFilterCount: [...metricFilters.under(reader, account, region, record.name)].length,
        arn: `${groupArn(context, record.name)}:*`,
        storedBytes: 0,
        ...(record.kmsKeyId !== undefined && { kmsKeyId: record.kmsKeyId }),
        logGroupClass: (record.class ?? 'STANDARD') as LogGroupClass,
        logGroupArn: groupArn(context, record.name),
        deletionProtectionEnabled: record.protected ?? false,
      })),
      ...(nextToken !== undefined && { nextToken }),
    }
  })
}
