import type { UntagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import { groupName } from '../names.ts'
import type { Operation } from '../state.ts'
import { changeTags, without } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html */
export const UntagResource: Operation<UntagResourceRequest, object> = (context, input) =>
  changeTags(context, groupName(input.resourceArn), tags => without(tags, input.tagKeys))
