import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-dynamodb'
import { validationException } from '../errors.ts'
import type { DynamoDbOperation } from '../state.ts'
import { checkTaggedArn, checkTags, putRecord, requireTableByArn } from '../tagged-table.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html */
export const TagResource: DynamoDbOperation<
  TagResourceCommandInput,
  Omit<TagResourceCommandOutput, '$metadata'>
> = async (context, input) => {
  checkTaggedArn(context, 'TagResource', input.ResourceArn ?? '')
  if (input.Tags?.length === 0) throw validationException('Atleast one Tag needs to be provided as Input.')
  await context.state.store.transaction(writer => {
    const record = requireTableByArn(writer, context, input.ResourceArn ?? '')
    const added = Object.fromEntries((input.Tags ?? []).map(tag => [tag.Key ?? '', tag.Value ?? '']))
    const tags = { ...record.tags, ...added }
    checkTags(tags)
    putRecord(writer, context, { ...record, tags })
  })
  return {}
}
