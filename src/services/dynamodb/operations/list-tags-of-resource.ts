import type {
  ListTagsOfResourceCommandInput,
  ListTagsOfResourceCommandOutput,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDbOperation } from '../state.ts'
import { checkTaggedArn, requireTableByArn } from '../tagged-table.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html */
export const ListTagsOfResource: DynamoDbOperation<
  ListTagsOfResourceCommandInput,
  Omit<ListTagsOfResourceCommandOutput, '$metadata'>
> = async (context, input) => {
  checkTaggedArn(context, 'ListTagsOfResource', input.ResourceArn ?? '')
  const { tags } = await context.state.store.read(reader =>
    requireTableByArn(reader, context, input.ResourceArn ?? ''),
  )
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
}
