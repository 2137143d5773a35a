import type { TagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import { groupName } from '../names.ts'
import type { Operation } from '../state.ts'
import { changeTags } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html */
export const TagResource: Operation<TagResourceRequest, object> = (context, input) =>
  changeTags(context, groupName(input.resourceArn), tags => ({ ...tags, ...input.tags }))
