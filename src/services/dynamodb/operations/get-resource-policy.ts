import type { GetResourcePolicyCommandInput, GetResourcePolicyCommandOutput } from '@aws-sdk/client-dynamodb'
import { policyNotFound } from '../resource-policy.ts'
import type { DynamoDbOperation } from '../state.ts'
import { requireTableByArn } from '../tagged-table.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html */
export const GetResourcePolicy: DynamoDbOperation<
  GetResourcePolicyCommandInput,
  Omit<GetResourcePolicyCommandOutput, '$metadata'>
> = async (context, input) => {
  const { resourcePolicy } = await context.state.store.read(reader =>
    requireTableByArn(reader, context, input.ResourceArn ?? ''),
  )
  if (resourcePolicy === undefined) throw policyNotFound(input.ResourceArn)
  return { Policy: resourcePolicy.document, RevisionId: resourcePolicy.revision }
}
