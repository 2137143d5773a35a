import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-dynamodb'
import { validationException } from '../errors.ts'
import type { DynamoDbOperation } from '../state.ts'
import { checkTaggedArn, putRecord, requireTableByArn } from '../tagged-table.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export const UntagResource: DynamoDbOperation<
  UntagResourceCommandInput,
  Omit<UntagResourceCommandOutput, '$metadata'>
> = async (context, input) => {
  const gone = new Set(input.TagKeys)
  checkTaggedArn(context, 'UntagResource', input.ResourceArn ?? '')
  if (input.TagKeys?.length === 0)
    throw validationException('Atleast one Tag Key needs to be provided as Input.')
  await context.state.store.transaction(writer => {
    const words = 'Requested resource not found'
    const record = requireTableByArn(writer, context, input.ResourceArn ?? '', words)
    const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !gone.has(key)))
    putRecord(writer, context, { ...record, tags })
  })
  return {}
}
