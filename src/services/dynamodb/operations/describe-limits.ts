import type { DescribeLimitsCommandInput, DescribeLimitsCommandOutput } from '@aws-sdk/client-dynamodb'
import type { DynamoDbOperation } from '../state.ts'

/**
 * The quotas of a new account; nothing here is throttled by them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html
 */
export const DescribeLimits: DynamoDbOperation<
  DescribeLimitsCommandInput,
  Omit<DescribeLimitsCommandOutput, '$metadata'>
> = () => ({
  AccountMaxReadCapacityUnits: 80_000,
  AccountMaxWriteCapacityUnits: 80_000,
  TableMaxReadCapacityUnits: 40_000,
  TableMaxWriteCapacityUnits: 40_000,
})
