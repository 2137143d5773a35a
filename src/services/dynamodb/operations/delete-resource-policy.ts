import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { checkRevision } from '../resource-policy.ts'
import type { DynamoDbOperation } from '../state.ts'
import { putRecord, requireTableByArn } from '../tagged-table.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html */
export const DeleteResourcePolicy: DynamoDbOperation<
  DeleteResourcePolicyCommandInput,
  Omit<DeleteResourcePolicyCommandOutput, '$metadata'>
> = async (context, input) => {
  const revision = await context.state.store.transaction(writer => {
    const record = requireTableByArn(writer, context, input.ResourceArn ?? '')
    checkRevision(record, input.ExpectedRevisionId)
    const { resourcePolicy, ...rest } = record
    putRecord(writer, context, rest)
    return resourcePolicy?.revision
  })
  return revision === undefined ? {} : { RevisionId: revision }
}
