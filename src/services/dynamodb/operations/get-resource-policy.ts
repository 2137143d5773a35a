import type { GetResourcePolicyCommandInput, GetResourcePolicyCommandOutput } from '@aws-sdk/client-dynamodb'
import { policyNotFound, requireHolder } from '../resource-policy.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html */
export const GetResourcePolicy: DynamoDbOperation<
  GetResourcePolicyCommandInput,
  Omit<GetResourcePolicyCommandOutput, '$metadata'>
> = async (context, input) => {
  const { ResourceArn: arn = '' } = input
  const policy = await context.state.store.read(reader => requireHolder(reader, context, arn, context.now))
  if (policy === undefined) throw policyNotFound(arn)
  return { Policy: policy.document, RevisionId: policy.revision }
}
