import type { TagLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { groupName } from '../names.ts'
import type { Operation } from '../state.ts'
import { changeTags } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html */
export const TagLogGroup: Operation<TagLogGroupRequest, object> = (context, input) =>
  changeTags(context, groupName(input.logGroupName), tags => ({ ...tags, ...input.tags }))
