import type {
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  CreateTableCommandInput,
  QueryCommandInput,
} from '@aws-sdk/client-dynamodb'
import { checkManagedName, nameProblems, refuseProblems } from './check-table-name.ts'
import { validationException } from './errors.ts'
import type { Wire } from './wire.ts'

/**
 * Inputs that DynamoDB words otherwise than Coral's validation does, before that has its say (recorded by
 * nubo-db/dynamodb-conformance).
 */
export const firstChecks = {
  BatchGetItem({ RequestItems: requests }: Wire<BatchGetItemCommandInput>): void {
    refuseEmpty('BatchGetItem', requests)
    for (const [name, { Keys: keys = [] }] of Object.entries(requests ?? {})) {
      if (keys.length > 100)
        throw oneError(`Value at 'RequestItems.${name}.member.Keys'`, 'length less than or equal to 100')
    }
  },
  BatchWriteItem({ RequestItems: requests }: Wire<BatchWriteItemCommandInput>): void {
    refuseEmpty('BatchWriteItem', requests)
  },
  CreateTable(
    {
      TableName: name,
      KeySchema: schema = [],
      LocalSecondaryIndexes: locals = [],
    }: Wire<CreateTableCommandInput>,
    broken: Broken,
  ): void {
    if (name === undefined)
      throw validationException("The parameter 'TableName' is required but was not present in the request")
    const found = [...nameProblems(name, true)]
    found.push(...longSchema(schema, 'keySchema'))
    // That a local index has two key attributes at most is in ScyllaDB's suite; that it is worded alike is assumed.
    for (const [at, { KeySchema: own = [] }] of locals.entries())
      found.push(...longSchema(own, `localSecondaryIndexes.${at + 1}.member.keySchema`))
    if (found.length > 0) refuseProblems(found, broken())
  },
  DeleteTable: ({ TableName: name }: Named) => checkManagedName(name),
  DescribeTable: ({ TableName: name }: Named) => checkManagedName(name),
  DescribeTimeToLive: ({ TableName: name }: Named) => checkManagedName(name),
  ListTagsOfResource: checkResource,
  TagResource: checkResource,
  UntagResource: checkResource,
  UpdateTable: ({ TableName: name }: Named) => checkManagedName(name),
  DeleteItem: checkName,
  GetItem: checkName,
  PutItem: checkName,
  Scan: checkName,
  UpdateItem: checkName,
  Query({ Limit: limit, TableName: name }: Wire<QueryCommandInput>, broken: Broken): void {
    checkName({ TableName: name }, broken)
    if (limit !== undefined && limit < 1)
      throw oneError("Value at 'Limit'", 'value greater than or equal to 1')
  },
}

interface Named {
  readonly TableName?: string | undefined
}

type Broken = () => string | undefined

/** A name that is wrong is told together with whatever else is. */
function checkName({ TableName: name }: Named, broken: Broken): void {
  const found = nameProblems(name)
  if (found.length > 0) refuseProblems(found, broken())
}

/** A resource that is missing is refused in the words of one that is wrong (recorded by dynalite). */
function checkResource({ ResourceArn: arn }: { readonly ResourceArn?: string }): void {
  if (arn === undefined) throw validationException('Invalid TableArn')
}

/** An empty map is refused by name; one that is missing is Coral's affair. */
function refuseEmpty(operation: string, requests: object | undefined): void {
  if (requests !== undefined && Object.keys(requests).length === 0)
    throw validationException(`The requestItems parameter is required for ${operation}`)
}

const oneError = (where: string, limit: string): Error =>
  validationException(
    `1 validation error detected: ${where} failed to satisfy constraint: Member must have ${limit}`,
  )

/** Only global indexes have keys of more than two attributes. */
function longSchema(
  schema: NonNullable<Wire<CreateTableCommandInput>['KeySchema']>,
  where: string,
): readonly string[] {
  if (schema.length <= 2) return []
  const elements = schema.map(
    ({ AttributeName: attribute, KeyType: type }) =>
      `KeySchemaElement(attributeName=${attribute ?? null}, keyType=${type ?? null})`,
  )
  return [
    `Value '[${elements.join(', ')}]' at '${where}' failed to satisfy constraint: Member must have length less than or equal to 2`,
  ]
}
