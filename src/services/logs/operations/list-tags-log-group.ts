import type { ListTagsLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { groupName } from '../names.ts'
import type { Operation } from '../state.ts'
import { tagsOf } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html */
export const ListTagsLogGroup: Operation<ListTagsLogGroupRequest, object> = (context, input) =>
  tagsOf(context, groupName(input.logGroupName))
