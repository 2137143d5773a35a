import type { ListTagsForResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import { groupName } from '../names.ts'
import type { Operation } from '../state.ts'
import { tagsOf } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html */
export const ListTagsForResource: Operation<ListTagsForResourceRequest, object> = (context, input) =>
  tagsOf(context, groupName(input.resourceArn))
