import { Buffer } from 'node:buffer'
import type { CreateTableCommandInput, CreateTableCommandOutput } from '@aws-sdk/client-dynamodb'
import type { OperationContext } from '../../../aws/index.ts'
import { checkCreateTable } from '../check-table.ts'
import { describeTable, noItems } from '../describe-table.ts'
import { resourceInUse } from '../errors.ts'
import { indexRecord, throughputOf } from '../index-record.ts'
import { checkPolicy } from '../resource-policy.ts'
import {
  type DynamoDbOperation,
  type DynamoDbState,
  findTable,
  tableRecordKey,
  tableRecords,
} from '../state.ts'
import { registerStreams } from '../stream-registry.ts'
import { newStream } from '../streams.ts'
import type { KeySchemaInput, TableRecord } from '../table-record.ts'
import { refuseUnsupported, tableSettings } from '../table-settings.ts'
import { busyWith } from '../table-status.ts'
import { checkTags } from '../tagged-table.ts'
import type { Wire } from '../wire.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export const CreateTable: DynamoDbOperation<
  CreateTableCommandInput,
  Omit<CreateTableCommandOutput, '$metadata'>
> = async (context, input) => {
  checkCreateTable(input)
  refuseUnsupported(input)
  if (input.ResourcePolicy !== undefined) checkPolicy(input.ResourcePolicy)
  const record = recordOf(context, input)
  checkTags(record.tags)
  await context.state.store.transaction(writer => {
    const key = tableRecordKey(context, record.name)
    if (findTable(writer, context, record.name) !== undefined) {
      throw resourceInUse(`Table already exists: ${record.name}`)
    }
    writer.put(tableRecords, key, Buffer.from(JSON.stringify(record)))
    registerStreams(writer, context, undefined, record, context.now)
  })
  context.emit({ type: 'TableChanged', detail: { table: record.name } })
  await context.state.tableMade(record.name)
  return { TableDescription: describeTable(record, noItems, 'CREATING') }
}

function recordOf(
  context: OperationContext<DynamoDbState>,
  input: Wire<CreateTableCommandInput>,
): TableRecord {
  const name = input.TableName ?? ''
  const arn = `arn:aws:dynamodb:${context.region}:${context.account}:table/${name}`
  const isOnDemand = input.BillingMode === 'PAY_PER_REQUEST'
  const indexes = [
    ...(input.LocalSecondaryIndexes ?? []).map((index, at) => indexRecord(index, at + 1, false)),
    ...(input.GlobalSecondaryIndexes ?? []).map((index, at) =>
      indexRecord(index, (input.LocalSecondaryIndexes ?? []).length + at + 1, true),
    ),
  ]
  const view = input.StreamSpecification
  const billing = {
    billingMode: isOnDemand ? ('PAY_PER_REQUEST' as const) : ('PROVISIONED' as const),
    ...(isOnDemand ? {} : { throughput: throughputOf(input.ProvisionedThroughput) }),
  }
  return {
    name,
    arn,
    id: context.newId(),
    ...busyWith(context.state, 'CREATING', context.now),
    createdAt: context.now,
    attributes: (input.AttributeDefinitions ?? []) as TableRecord['attributes'],
    keySchema: input.KeySchema as KeySchemaInput,
    indexes,
    nextIndexNumber: indexes.length + 1,
    ...billing,
    ...(view?.StreamEnabled && view.StreamViewType !== undefined
      ? { stream: newStream({ arn, ...billing }, view.StreamViewType, context.now) }
      : {}),
    deletionProtection: input.DeletionProtectionEnabled === true,
    ...tableSettings(context, input),
    ...(input.ResourcePolicy === undefined
      ? {}
      : { resourcePolicy: { document: input.ResourcePolicy, revision: String(context.now) } }),
    tags: Object.fromEntries((input.Tags ?? []).map(tag => [tag.Key ?? '', tag.Value ?? ''])),
  }
}
