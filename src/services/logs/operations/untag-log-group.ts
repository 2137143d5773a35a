import type { UntagLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { groupName } from '../names.ts'
import type { Operation } from '../state.ts'
import { changeTags, without } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html */
export const UntagLogGroup: Operation<UntagLogGroupRequest, object> = (context, input) =>
  changeTags(context, groupName(input.logGroupName), tags => without(tags, input.tags))
