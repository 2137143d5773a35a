import type { CreateTableCommandInput, UpdateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { AwsError, type OperationContext } from '../../aws/index.ts'
import type { TableRecord } from './table-record.ts'
import type { Wire } from './wire.ts'

type Input = Pick<
  Wire<CreateTableCommandInput & UpdateTableCommandInput>,
  'SSESpecification' | 'TableClass' | 'OnDemandThroughput' | 'WarmThroughput'
>

/** What is accepted and shown again, and changes nothing else here. */
export function tableSettings(
  { account, region }: Pick<OperationContext<unknown>, 'account' | 'region'>,
  { SSESpecification: encryption, TableClass, OnDemandThroughput, WarmThroughput }: Input,
): Partial<Pick<TableRecord, 'sse' | 'tableClass' | 'onDemandThroughput' | 'warmThroughput'>> {
  return {
    ...(encryption === undefined
      ? {}
      : {
          sse: encryption.Enabled === true ? describeKey(account, region, encryption.KMSMasterKeyId) : null,
        }),
    ...(TableClass === undefined ? {} : { tableClass: TableClass }),
    ...(OnDemandThroughput === undefined ? {} : { onDemandThroughput: OnDemandThroughput }),
    ...(WarmThroughput === undefined ? {} : { warmThroughput: WarmThroughput }),
  }
}

/** The key that was named, or the one that AWS itself keeps for the service. */
function describeKey(account: string, region: string, key = 'alias/aws/dynamodb') {
  const name = /^(?:alias|key)\//.test(key) ? key : `key/${key}`
  const arn = key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:${name}`
  return { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: arn }
}

const unsupported = {
  ReplicaUpdates: 'global tables',
  MultiRegionConsistency: 'global tables',
  GlobalTableWitnessUpdates: 'global tables',
  GlobalTableSourceArn: 'global tables',
  GlobalTableSettingsReplicationMode: 'global tables',
  VectorIndexes: 'vector indexes',
  VectorIndexUpdates: 'vector indexes',
  VectorIndexOverride: 'vector indexes',
} as const

/** What AWS has and Lambdarium has not is refused by name. */
export function refuseUnsupported(input: object): void {
  for (const [name, what] of Object.entries(unsupported)) {
    if ((input as Readonly<Record<string, unknown>>)[name] === undefined) continue
    throw new AwsError('NotImplementedException', `Lambdarium has no ${what}: ${name}`, { statusCode: 501 })
  }
}
