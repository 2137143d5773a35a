import type { AccessRequest, OperationContext } from '../../../aws/index.ts'
import { type DynamoDbState, findTable } from '../state.ts'
import { type ItemInput, itemFacts } from './item-facts.ts'

/** What an operation of DynamoDB sees. */
export type DynamoDbContext = OperationContext<DynamoDbState>

/** A request about items of one table, as far as its permission is concerned. */
export interface TableInput extends ItemInput {
  readonly TableName?: string | undefined
  readonly IndexName?: string | undefined
  readonly Select?: string | undefined
  readonly ReturnValues?: string | undefined
  readonly ReturnConsumedCapacity?: string | undefined
}

/** `arn:aws:dynamodb:eu-central-1:123456789012:table/rides`, with `/index/…` where an index is asked. */
export function tableArn(
  { account, region }: Pick<DynamoDbContext, 'account' | 'region'>,
  nameOrArn: string | undefined,
  indexName?: string,
): string {
  const name = nameOrArn ?? '*'
  const arn = name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`
  return indexName === undefined ? arn : `${arn}/index/${indexName}`
}

/** The permission for one item request, with the keys that fine-grained policies ask for. */
export function itemAccess(
  context: DynamoDbContext,
  operation: string,
  input: TableInput,
  extra: Readonly<Record<string, string>> = {},
): AccessRequest | Promise<AccessRequest> {
  const action = `dynamodb:${operation}`
  const resources = [tableArn(context, input.TableName, input.IndexName)]
  // The owner passes without a look at conditions, so they are not made: this runs before every call.
  if (context.principal.kind === 'root') return { action, resources }
  return withConditions(context, operation, input, { action, resources }, extra)
}

async function withConditions(
  context: DynamoDbContext,
  operation: string,
  input: TableInput,
  access: AccessRequest,
  extra: Readonly<Record<string, string>>,
): Promise<AccessRequest> {
  const key = await partitionKey(context, input)
  const { leadingKeys, attributes } = itemFacts(input, key)
  const given = (name: string, value: string | undefined) =>
    value === undefined ? {} : { [`dynamodb:${name}`]: value }
  return {
    ...access,
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
    conditions: {
      ...(leadingKeys.length === 0 ? {} : { 'dynamodb:LeadingKeys': leadingKeys }),
      ...(attributes.length === 0 ? {} : { 'dynamodb:Attributes': attributes }),
      ...given('Select', input.Select ?? select(operation, input)),
      ...given('ReturnValues', input.ReturnValues),
      ...given('ReturnConsumedCapacity', input.ReturnConsumedCapacity),
      ...(operation === 'Scan' ? { 'dynamodb:FullTableScan': 'true' } : {}),
      ...extra,
    },
  }
}

/** What a Query or Scan answers when it does not say so. */
function select(operation: string, input: TableInput): string | undefined {
  if (operation !== 'Query' && operation !== 'Scan') return undefined
  if (input.ProjectionExpression !== undefined || input.AttributesToGet !== undefined)
    return 'SPECIFIC_ATTRIBUTES'
  return input.IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES'
}

/** The first attribute that the table, or the index that is asked, is partitioned by. */
async function partitionKey(context: DynamoDbContext, input: TableInput): Promise<string | undefined> {
  const { TableName, IndexName } = input
  if (TableName === undefined) return undefined
  const found = await context.state.store.read(reader => findTable(reader, context, TableName))
  const index = found?.table.indexes.find(({ name }) => name === IndexName)
  return (IndexName === undefined ? found?.table.key : index?.key)?.hash[0]?.name
}
