import type { PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput } from '@aws-sdk/client-dynamodb'
import { checkPolicy, checkRevision, putPolicy, requireHolder } from '../resource-policy.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html */
export const PutResourcePolicy: DynamoDbOperation<
  PutResourcePolicyCommandInput,
  Omit<PutResourcePolicyCommandOutput, '$metadata'>
> = async (context, input) => {
  const { Policy: document = '', ResourceArn: arn = '' } = input
  checkPolicy(document)
  const revision = await context.state.store.transaction(writer => {
    const present = requireHolder(writer, context, arn, context.now)
    checkRevision(present, input.ExpectedRevisionId, arn)
    // The same document again is the same revision.
    if (present?.document === document) return present.revision
    const made = String(context.now)
    putPolicy(writer, context, arn, { document, revision: made })
    return made
  })
  return { RevisionId: revision }
}
