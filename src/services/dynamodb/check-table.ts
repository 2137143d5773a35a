import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { invalidParameter, validationException } from './errors.ts'
import type { Wire } from './wire.ts'

type KeySchema = readonly {
  readonly AttributeName: string | undefined
  readonly KeyType: string | undefined
}[]
type Definitions = readonly { readonly AttributeName: string | undefined }[]

interface IndexInput {
  readonly IndexName: string | undefined
  readonly KeySchema: KeySchema | undefined
  readonly Projection:
    | {
        readonly ProjectionType?: string | undefined
        readonly NonKeyAttributes?: readonly string[] | undefined
      }
    | undefined
  readonly ProvisionedThroughput?: unknown
}

/** Checks a CreateTable in DynamoDB's order and words, as far as the model's own limits have not. */
export function checkCreateTable(input: Wire<CreateTableCommandInput>): void {
  checkThroughput(input)
  const definitions = input.AttributeDefinitions ?? []
  checkDefinitions(definitions)
  const keySchema = input.KeySchema ?? []
  // Where they are missing altogether AWS names them (ScyllaDB's suite); that it does so in these words is assumed.
  if (input.AttributeDefinitions === undefined) checkDefined(namesOf(keySchema), [])
  checkKeySchema(keySchema, definitions, 'table')
  const locals = input.LocalSecondaryIndexes
  const globals = input.GlobalSecondaryIndexes
  if (locals === undefined && globals === undefined && keySchema.length !== definitions.length) {
    throw invalidParameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    )
  }
  const names = new Set<string>()
  if (locals !== undefined) checkLocalIndexes(locals, keySchema, definitions, names)
  if (globals !== undefined) checkGlobalIndexes(globals, definitions, names, input.BillingMode)
  const schemas = [...(locals ?? []), ...(globals ?? [])].map(index => index.KeySchema ?? [])
  checkUnusedDefinitions([keySchema, ...schemas], definitions)
  const { StreamEnabled: hasStream, StreamViewType: viewType } = input.StreamSpecification ?? {}
  if (hasStream === true && viewType === undefined)
    throw invalidParameter('Table is being created with a stream enabled, UpdateViewType is required')
  if (hasStream === false && viewType !== undefined)
    throw invalidParameter(
      'Table is being created with a stream disabled, UpdateViewType should not be specified',
    )
}

function checkThroughput({ BillingMode, ProvisionedThroughput }: Wire<CreateTableCommandInput>): void {
  if (BillingMode === 'PAY_PER_REQUEST') {
    if (ProvisionedThroughput !== undefined) {
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      )
    }
    return
  }
  const { ReadCapacityUnits: read, WriteCapacityUnits: write } = ProvisionedThroughput ?? {}
  if (read === undefined || write === undefined) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    )
  }
  checkUnits(ProvisionedThroughput)
}

/** The most that can be written down, not what an account may have. */
export function checkUnits(
  throughput: Wire<CreateTableCommandInput>['ProvisionedThroughput'],
  where = '',
): void {
  for (const name of ['ReadCapacityUnits', 'WriteCapacityUnits'] as const) {
    const units = throughput?.[name] ?? 0
    if (units > 1e12) throw validationException(`Given value ${units} for ${name} is out of bounds${where}`)
  }
}

const namesOf = (elements: KeySchema | Definitions): string[] =>
  elements.map(element => element.AttributeName ?? '')

/** No attribute is defined twice. */
function checkDefinitions(definitions: Definitions): void {
  const twice = repeated(namesOf(definitions))
  if (twice !== undefined) throw validationException(`Attribute Name is duplicated: ${twice}`)
}

const repeated = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index)

/** A key's attributes are defined, distinct, partition first. Global indexes may have up to four of each kind. */
export function checkKeySchema(
  keySchema: KeySchema,
  definitions: Definitions,
  kind: 'table' | 'local' | 'global',
): void {
  const [keys, defined] = [namesOf(keySchema), namesOf(definitions)]
  if (kind === 'table' && keys.length > defined.length) {
    throw validationException('Invalid KeySchema: Some index key attribute have no definition')
  }
  checkDefined(keys, defined)
  if (new Set(keys).size !== keys.length) {
    throw validationException(
      keys.length > 2
        ? 'The KeySchema contains multiple key attributes with the same name'
        : 'Both the Hash Key and the Range Key element in the KeySchema have the same name',
    )
  }
  const kinds = keySchema.map(element => element.KeyType)
  if (kinds[0] !== 'HASH') {
    throw validationException('Invalid KeySchema: The first KeySchemaElement is not a HASH key type')
  }
  const hashes = kinds.filter(one => one === 'HASH').length
  const inOrder = kinds.lastIndexOf('HASH') === hashes - 1
  if (kind === 'global' && kinds.length > 2) checkManyKeys(hashes, kinds.length - hashes, inOrder)
  const most = kind === 'global' ? 4 : 1
  if (!inOrder || hashes > most || kinds.length - hashes > most) {
    throw validationException('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type')
  }
}

/** Keys of several attributes, in the words that ack-api-quirks recorded in 2026. */
function checkManyKeys(hashes: number, ranges: number, inOrder: boolean): void {
  if (!inOrder)
    throw invalidParameter('All HASH key attributes must precede RANGE key attributes in the KeySchema')
  for (const [kind, count] of [
    ['HASH', hashes],
    ['RANGE', ranges],
  ] as const) {
    if (count > 4)
      throw invalidParameter(`The KeySchema exceeds the maximum allowed number of ${kind} key attributes`)
  }
}

function checkDefined(keys: readonly string[], defined: readonly string[]): void {
  if (keys.every(name => defined.includes(name))) return
  throw invalidParameter(
    'Some index key attributes are not defined in AttributeDefinitions. ' +
      `Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
  )
}

function checkProjection({ Projection }: IndexInput): void {
  const type = Projection?.ProjectionType
  if (type === undefined) throw invalidParameter('Unknown ProjectionType: null')
  if (Projection?.NonKeyAttributes !== undefined && type !== 'INCLUDE') {
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`)
  }
  if (Projection?.NonKeyAttributes === undefined && type === 'INCLUDE') {
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is not specified`)
  }
  const twice = repeated(Projection?.NonKeyAttributes ?? [])
  if (twice !== undefined) throw invalidParameter(`Duplicate element in NonKeyAttributes: ${twice}`)
}

function addName(names: Set<string>, index: IndexInput): void {
  const name = index.IndexName ?? ''
  if (names.has(name)) throw invalidParameter(`Duplicate index name: ${name}`)
  names.add(name)
}

function checkLocalIndexes(
  indexes: readonly IndexInput[],
  tableKey: KeySchema,
  definitions: Definitions,
  names: Set<string>,
): void {
  if (indexes.length === 0) throw invalidParameter('List of LocalSecondaryIndexes is empty')
  if (tableKey.length < 2) {
    throw invalidParameter(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    )
  }
  for (const index of indexes) {
    const schema = index.KeySchema ?? []
    checkKeySchema(schema, definitions, 'local')
    if (schema.length < 2) {
      throw invalidParameter(`Index KeySchema does not have a range key for index: ${index.IndexName}`)
    }
    const [own, tables] = [schema[0]?.AttributeName, tableKey[0]?.AttributeName]
    if (own !== tables) {
      throw invalidParameter(
        'Index KeySchema does not have the same leading hash key as table KeySchema for index: ' +
          `${index.IndexName}. index hash key: ${own}, table hash key: ${tables}`,
      )
    }
    checkProjection(index)
    addName(names, index)
  }
  if (indexes.length > 5)
    throw invalidParameter('Number of LocalSecondaryIndexes exceeds per-table limit of 5')
}

/** Also for indexes that UpdateTable adds. */
export function checkGlobalIndexes(
  indexes: readonly IndexInput[],
  definitions: Definitions,
  names: Set<string>,
  billingMode: string | undefined,
): void {
  if (indexes.length === 0) throw invalidParameter('List of GlobalSecondaryIndexes is empty')
  for (const index of indexes) {
    checkKeySchema(index.KeySchema ?? [], definitions, 'global')
    checkProjection(index)
    if (billingMode === 'PAY_PER_REQUEST' && index.ProvisionedThroughput !== undefined) {
      throw invalidParameter(
        `ProvisionedThroughput should not be specified for index: ${index.IndexName} when BillingMode is PAY_PER_REQUEST`,
      )
    }
    if (billingMode !== 'PAY_PER_REQUEST' && index.ProvisionedThroughput === undefined) {
      throw invalidParameter(`ProvisionedThroughput is not specified for index: ${index.IndexName}`)
    }
    addName(names, index)
  }
  if (names.size > 0 && indexes.length > 20) {
    throw invalidParameter('GlobalSecondaryIndex count exceeds the per-table limit of 20')
  }
}

/** Every attribute that is defined is one of some key. */
function checkUnusedDefinitions(schemas: readonly KeySchema[], definitions: Definitions): void {
  const used = new Set(schemas.flatMap(namesOf))
  const defined = namesOf(definitions)
  if (defined.every(name => used.has(name))) return
  throw invalidParameter(
    'Some AttributeDefinitions are not used. ' +
      `AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
  )
}
