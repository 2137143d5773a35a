import type {
  ListLogGroupsRequest,
  ListLogGroupsResponse,
  LogGroupClass,
} from '@aws-sdk/client-cloudwatch-logs'
import { groupArn } from '../names.ts'
import { page } from '../pages.ts'
import { groups, type Operation } from '../state.ts'

/** Of the caller's account; the pattern is a regular expression. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html */
export const ListLogGroups: Operation<ListLogGroupsRequest, ListLogGroupsResponse> = async (
  context,
  input,
) => {
  const { state, account, region } = context
  const pattern = compiled(input.logGroupNamePattern)
  return await state.store.read(reader => {
    const found = [...groups.under(reader, account, region)]
      .map(([, record]) => record)
      .filter(({ name }) => pattern(name))
      .filter(record => !input.logGroupClass || (record.class ?? 'STANDARD') === input.logGroupClass)
    const { items, nextToken } = page(found, ({ name }) => name, input.nextToken, input.limit)
    return {
      logGroups: items.map(record => ({
        logGroupName: record.name,
        logGroupArn: groupArn(context, record.name),
        logGroupClass: (record.class ?? 'STANDARD') as LogGroupClass,
      })),
      ...(nextToken !== undefined && { nextToken }),
    }
  })
}

/** The model's own pattern allows names, `^` and `|` only. */
function compiled(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true
  const parts = pattern.split('|')
  return name =>
    parts.some(part => (part.startsWith('^') ? name.startsWith(part.slice(1)) : name.includes(part)))
}
