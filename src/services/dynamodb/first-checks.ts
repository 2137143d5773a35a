import type {
  BatchGetItemCommandInput,
  BatchWriteItemCommandInput,
  CreateTableCommandInput,
  QueryCommandInput,
} from '@aws-sdk/client-dynamodb'
import { checkManagedName, checkTableName } from './check-table-name.ts'
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
  CreateTable({ TableName: name, KeySchema: schema = [] }: Wire<CreateTableCommandInput>): void {
    if (name === undefined)
      throw validationException("The parameter 'TableName' is required but was not present in the request")
    checkTableName(name, true)
    if (schema.length <= 2) return
    const elements = schema.map(
      ({ AttributeName: attribute, KeyType: type }) =>
        `KeySchemaElement(attributeName=${attribute}, keyType=${type})`,
    )
    throw oneError(`Value '[${elements.join(', ')}]' at 'keySchema'`, 'length less than or equal to 2')
  },
  DeleteTable: ({ TableName: name }: Named) => checkManagedName(name),
  DescribeTable: ({ TableName: name }: Named) => checkManagedName(name),
  DescribeTimeToLive: ({ TableName: name }: Named) => checkManagedName(name),
  ListTagsOfResource: checkResource,
  TagResource: checkResource,
  UntagResource: checkResource,
  UpdateTable: ({ TableName: name }: Named) => checkManagedName(name),
  Query({ Limit: limit }: Wire<QueryCommandInput>): void {
    if (limit !== undefined && limit < 1)
      throw oneError("Value at 'Limit'", 'value greater than or equal to 1')
  },
}

interface Named {
  readonly TableName?: string
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
