import type { DescribeEndpointsCommandInput, DescribeEndpointsCommandOutput } from '@aws-sdk/client-dynamodb'
import type { DynamoDbOperation } from '../state.ts'

/** The door that was asked is the endpoint. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html */
export const DescribeEndpoints: DynamoDbOperation<
  DescribeEndpointsCommandInput,
  Omit<DescribeEndpointsCommandOutput, '$metadata'>
> = ({ http, region }) => ({
  Endpoints: [{ Address: http.host || `dynamodb.${region}.amazonaws.com`, CachePeriodInMinutes: 1440 }],
})
