import type { GlobalSecondaryIndexUpdate, UpdateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../aws/index.ts'
import { checkGlobalIndexes, checkUnits } from './check-table.ts'
import { invalidParameter, validationException } from './errors.ts'
import { indexRecord, throughputOf } from './index-record.ts'
import { newStream } from './streams.ts'
import type { IndexRecord, TableRecord, Throughput } from './table-record.ts'
import type { Wire } from './wire.ts'

type Input = Wire<UpdateTableCommandInput>

/** Checks an UpdateTable as far as the table need not be known, in DynamoDB's order and words. */
export function checkUpdateTable(input: Input): void {
  const asks = [
    input.ProvisionedThroughput,
    input.BillingMode,
    input.StreamSpecification,
    input.SSESpecification,
    input.DeletionProtectionEnabled,
    input.TableClass,
    input.GlobalSecondaryIndexUpdates?.[0],
    input.ReplicaUpdates,
    input.OnDemandThroughput,
    input.WarmThroughput,
  ]
  if (asks.every(one => one === undefined)) {
    throw validationException(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required',
    )
  }
  if (input.BillingMode === 'PROVISIONED' && input.ProvisionedThroughput === undefined) {
    throw invalidParameter('ProvisionedThroughput must be specified when BillingMode is PROVISIONED')
  }
  checkUnits(input.ProvisionedThroughput)
  const names = new Set<string>()
  for (const update of input.GlobalSecondaryIndexUpdates ?? []) {
    const name = (update.Create ?? update.Update ?? update.Delete)?.IndexName
    if (name === undefined) {
      throw invalidParameter(
        'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
      )
    }
    if (Object.values(update).filter(one => one !== undefined).length > 1) {
      throw invalidParameter(
        'Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object',
      )
    }
    if (names.has(name)) {
      throw invalidParameter(
        `Only one global secondary index update per index is allowed simultaneously. Index: ${name}`,
      )
    }
    names.add(name)
  }
}

/** The table's record after an UpdateTable; throws what the table does not allow. */
export function updatedRecord(before: TableRecord, input: Input, now: number): TableRecord {
  const updates = input.GlobalSecondaryIndexUpdates ?? []
  if (updates.filter(({ Create, Delete }) => Create !== undefined || Delete !== undefined).length > 1) {
    throw new AwsError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    )
  }
  let record = withThroughput(before, input, now)
  if (input.StreamSpecification !== undefined) record = withStream(record, input.StreamSpecification, now)
  if (input.DeletionProtectionEnabled !== undefined) {
    record = { ...record, deletionProtection: input.DeletionProtectionEnabled }
  }
  record = withDefinitions(record, input.AttributeDefinitions as TableRecord['attributes'] | undefined)
  for (const update of updates) {
    if (update.Create !== undefined && input.AttributeDefinitions === undefined)
      throw invalidParameter(`AttributeDefinitions is not specified for index: ${update.Create.IndexName}`)
    record = withIndexUpdate(record, update, now)
  }
  // Unlike CreateTable this takes definitions that no key needs, and forgets them (ScyllaDB's suite).
  return withoutUnused(record)
}

/** Attributes that are defined anew; what is defined already stays what it is. */
function withDefinitions(record: TableRecord, given: TableRecord['attributes'] = []): TableRecord {
  const known = new Map(record.attributes.map(one => [one.AttributeName, one.AttributeType]))
  for (const { AttributeName: name, AttributeType: type } of given) {
    const before = known.get(name)
    if (before !== undefined && before !== type) throw redefined(record, name, before, type)
  }
  const added = given.filter(({ AttributeName: name }) => !known.has(name))
  return { ...record, attributes: [...record.attributes, ...added] }
}

/** The words are quoted by ScyllaDB's suite for an attribute that is some key's partition. */
function redefined(record: TableRecord, name: string, before: string, type: string): AwsError {
  const schemas = [record.keySchema, ...record.indexes.map(index => index.keySchema)]
  const kind = schemas.flat().find(one => one.AttributeName === name)?.KeyType ?? 'HASH'
  const schemaOf = (of: string): string => `Schema:[SchemaElement: key{${name}:${of}:${kind}}]`
  return invalidParameter(
    'Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. ' +
      `Existing schema: ${schemaOf(before)} New schema: ${schemaOf(type)}`,
  )
}

function withThroughput(record: TableRecord, input: Input, now: number): TableRecord {
  const billingMode = input.BillingMode ?? record.billingMode
  if (billingMode === 'PAY_PER_REQUEST') {
    if (input.ProvisionedThroughput !== undefined) {
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      )
    }
    const { throughput: _, ...rest } = record
    return { ...rest, billingMode }
  }
  if (input.ProvisionedThroughput === undefined) return record
  const wanted = throughputOf(input.ProvisionedThroughput)
  if (record.throughput !== undefined) checkChanges(record.throughput, wanted)
  return { ...record, billingMode, throughput: changedThroughput(record.throughput, wanted, now) }
}

/** Capacity with the times of its last changes. */
function changedThroughput(current: Throughput | undefined, wanted: Throughput, now: number): Throughput {
  if (current === undefined) return wanted
  const { increasedAt, decreasedAt, decreases = 0 } = current
  const compare = (test: (a: number, b: number) => boolean): boolean =>
    test(wanted.ReadCapacityUnits, current.ReadCapacityUnits) ||
    test(wanted.WriteCapacityUnits, current.WriteCapacityUnits)
  const day = (time: number): number => Math.floor(time / (24 * 60 * 60 * 1000))
  const isSameDay = decreasedAt !== undefined && day(decreasedAt) === day(now)
  return {
    ...wanted,
    ...(increasedAt === undefined ? {} : { increasedAt }),
    ...(compare((a, b) => a > b) ? { increasedAt: now } : {}),
    ...(decreasedAt === undefined ? {} : { decreasedAt, decreases }),
    ...(compare((a, b) => a < b) ? { decreasedAt: now, decreases: (isSameDay ? decreases : 0) + 1 } : {}),
  }
}

function checkChanges(current: Throughput, wanted: Throughput): void {
  if (
    current.ReadCapacityUnits !== wanted.ReadCapacityUnits ||
    current.WriteCapacityUnits !== wanted.WriteCapacityUnits
  )
    return
  throw validationException(
    'The provisioned throughput for the table will not change. The requested value equals the current value. ' +
      `Current ReadCapacityUnits provisioned for the table: ${current.ReadCapacityUnits}. Requested ReadCapacityUnits: ${wanted.ReadCapacityUnits}. ` +
      `Current WriteCapacityUnits provisioned for the table: ${current.WriteCapacityUnits}. Requested WriteCapacityUnits: ${wanted.WriteCapacityUnits}. ` +
      'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
  )
}

function withStream(
  record: TableRecord,
  asked: NonNullable<Input['StreamSpecification']>,
  now: number,
): TableRecord {
  const isEnabled = record.stream?.isEnabled === true
  if (asked.StreamEnabled === true) {
    if (isEnabled) throw validationException(`Table already has an enabled stream: TableName: ${record.name}`)
    if (asked.StreamViewType === undefined)
      throw invalidParameter('If stream is being enabled then UpdateViewType is required')
    return { ...record, stream: newStream(record, asked.StreamViewType, now) }
  }
  if (asked.StreamViewType !== undefined)
    throw invalidParameter('If stream is being disabled, then UpdateViewType must not be specified')
  if (record.stream === undefined || !isEnabled) {
    throw validationException(`Table has no stream to disable: TableName: ${record.name}`)
  }
  return { ...record, stream: { ...record.stream, isEnabled: false } }
}

function withIndexUpdate(
  record: TableRecord,
  { Create, Update, Delete }: Wire<GlobalSecondaryIndexUpdate>,
  now: number,
): TableRecord {
  if (Create !== undefined) {
    if (record.indexes.some(index => index.name === Create.IndexName)) {
      throw validationException('Attempting to create an index which already exists')
    }
    checkGlobalIndexes([Create], record.attributes, new Set(), record.billingMode)
    return {
      ...record,
      indexes: [...record.indexes, indexRecord(Create, record.nextIndexNumber, true)],
      nextIndexNumber: record.nextIndexNumber + 1,
    }
  }
  const name = (Update ?? Delete)?.IndexName ?? ''
  const index = record.indexes.find(one => one.name === name)
  if (index === undefined) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Requested resource not found: Index ${name} for table ${record.name}`,
    )
  }
  if (!index.isGlobal) {
    throw validationException(
      `Cannot ${Delete === undefined ? 'update' : 'delete'} an index that is not a GlobalSecondaryIndex: ${name}`,
    )
  }
  if (Delete !== undefined) return withoutIndex(record, index)
  const { ProvisionedThroughput: provisioned, OnDemandThroughput: most, WarmThroughput: warm } = Update ?? {}
  const changed: IndexRecord = {
    ...index,
    ...(provisioned === undefined
      ? {}
      : { throughput: changedThroughput(index.throughput, throughputOf(provisioned), now) }),
    ...(most === undefined ? {} : { onDemandThroughput: most }),
    ...(warm === undefined ? {} : { warmThroughput: warm }),
  }
  return { ...record, indexes: record.indexes.map(one => (one === index ? changed : one)) }
}

/** Definitions that only the removed index used go with it, as on AWS. */
function withoutIndex(record: TableRecord, gone: IndexRecord): TableRecord {
  return withoutUnused({ ...record, indexes: record.indexes.filter(index => index !== gone) })
}

/** The record without definitions of attributes that no key has any more. */
export function withoutUnused(record: TableRecord): TableRecord {
  const schemas = [record.keySchema, ...record.indexes.map(index => index.keySchema)]
  const used = new Set(schemas.flatMap(schema => schema.map(one => one.AttributeName)))
  return {
    ...record,
    attributes: record.attributes.filter(attribute => used.has(attribute.AttributeName)),
  }
}
