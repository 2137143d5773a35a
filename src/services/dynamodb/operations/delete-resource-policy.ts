import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { checkRevision, putPolicy, requireHolder } from '../resource-policy.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html */
export const DeleteResourcePolicy: DynamoDbOperation<
  DeleteResourcePolicyCommandInput,
  Omit<DeleteResourcePolicyCommandOutput, '$metadata'>
> = async (context, input) => {
  const { ResourceArn: arn = '' } = input
  const revision = await context.state.store.transaction(writer => {
    const present = requireHolder(writer, context, arn, context.now)
    checkRevision(present, input.ExpectedRevisionId, arn)
    if (present !== undefined) putPolicy(writer, context, arn, undefined)
    return present?.revision
  })
  return revision === undefined ? {} : { RevisionId: revision }
}
