import type { PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput } from '@aws-sdk/client-dynamodb'
import { validationException } from '../errors.ts'
import { checkRevision } from '../resource-policy.ts'
import type { DynamoDbOperation } from '../state.ts'
import { putRecord, requireTableByArn } from '../tagged-table.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html */
export const PutResourcePolicy: DynamoDbOperation<
  PutResourcePolicyCommandInput,
  Omit<PutResourcePolicyCommandOutput, '$metadata'>
> = async (context, input) => {
  const document = input.Policy ?? ''
  try {
    JSON.parse(document)
  } catch (cause) {
    throw Object.assign(validationException('Invalid policy document: it is no JSON'), { cause })
  }
  const revision = String(context.now)
  await context.state.store.transaction(writer => {
    const record = requireTableByArn(writer, context, input.ResourceArn ?? '')
    checkRevision(record, input.ExpectedRevisionId)
    putRecord(writer, context, { ...record, resourcePolicy: { document, revision } })
  })
  return { RevisionId: revision }
}
