import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb'
import { checkKeyPaths } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { ExpressionError, keyTests } from '../expressions/index.ts'
import { pathsOf } from '../filter-heads.ts'
import { checkFilterProjected, needsItems } from '../index-projection.ts'
import { attributesToGet } from '../legacy/attributes-to-get.ts'
import { checkConditionalOperator } from '../legacy/conditional-operator.ts'
import { checkConditions, toCondition } from '../legacy/conditions.ts'
import { legacyKeyTests } from '../legacy/key-conditions.ts'
import { pageOutput } from '../page-output.ts'
import { checkWithinBounds, type KeyTests, queryBounds } from '../query-bounds.ts'
import { readRows } from '../read-rows.ts'
import { checkMixture, requestExpressions } from '../request-expressions.ts'
import { checkSelect, fetchesItems, requireIndex } from '../select.ts'
import {
  checkStartAttribute,
  checkStartCount,
  checkStartItem,
  checkStartValues,
  isOneItem,
  refuseRestart,
} from '../start-key.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import { type KeySchema, keyAttributes } from '../table.ts'
import type { Wire } from '../wire.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export const Query: DynamoDbOperation<QueryCommandInput, Omit<QueryCommandOutput, '$metadata'>> = async (
  context,
  input,
) => {
  const request = checkRequest(input)
  const { table, index, page } = await context.state.store.read(reader => {
    const table = requireTable(reader, context, input.TableName ?? '')
    const index = requireIndex(table, input, context.now)
    const key = index?.key ?? table.key
    const startKey = input.ExclusiveStartKey
    if (startKey !== undefined) checkStartCount(table, index, startKey)
    const bounds = queryBounds(key, request.tests, attribute => {
      if (startKey !== undefined) checkStartAttribute(key, attribute, startKey)
    })
    if (startKey !== undefined) {
      checkStartItem(table, startKey)
      checkWithinBounds(key, bounds, startKey)
      refuseRestart(table, index, startKey)
    }
    checkKeyPaths(table, request.paths ?? [])
    checkFilter(key, request)
    const filtered = request.filter === undefined ? [] : pathsOf(request.filter)
    if (index !== undefined) checkFilterProjected(table, index, filtered)
    const whole = fetchesItems(index, input.Select) || needsItems(table, index, request.paths)
    checkKeyPaths(table, filtered)
    const page = readRows(reader, {
      table,
      index,
      bounds,
      isDescending: input.ScanIndexForward === false,
      startKey,
      limit: input.Limit,
      filter: request.filter,
      paths: request.paths,
      fetchesItems: whole,
      countsOnly: input.Select === 'COUNT',
    })
    return { table, index, page }
  })
  // Where a query cannot go on there is no key to go on from, whatever the limit; that AWS gives none is assumed.
  return pageOutput(input, table, index, isOneItem(table, index) ? { ...page, lastKey: undefined } : page)
}

/** Everything that is checked before the table is looked at, in DynamoDB's order. */
function checkRequest(input: Wire<QueryCommandInput>) {
  checkTableName(input.TableName)
  checkMixture(
    input,
    ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'],
    input.KeyConditionExpression === undefined
      ? ['AttributesToGet', 'QueryFilter', 'ConditionalOperator']
      : ['AttributesToGet', 'QueryFilter', 'ConditionalOperator', 'KeyConditions'],
  )
  checkConditionalOperator(input.ConditionalOperator, input.QueryFilter)
  checkConditions(input.QueryFilter ?? {})
  const named = attributesToGet(input.AttributesToGet)
  checkStartValues(input.ExclusiveStartKey)
  if (input.KeyConditions === undefined && input.KeyConditionExpression === undefined) {
    throw validationException(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    )
  }
  const expressions = requestExpressions(input)
  const legacyFilter = toCondition(input.QueryFilter ?? {}, input.ConditionalOperator)
  const paths = expressions.projection ?? named
  checkSelect(input)
  return {
    tests: testsOf(input, expressions.keyCondition),
    filter: expressions.filter ?? legacyFilter,
    isLegacyFilter: expressions.filter === undefined,
    paths,
  }
}

function testsOf(
  input: Wire<QueryCommandInput>,
  keyCondition: ReturnType<typeof requestExpressions>['keyCondition'],
): KeyTests {
  if (keyCondition === undefined) {
    checkConditions(input.KeyConditions ?? {})
    const count = Object.keys(input.KeyConditions ?? {}).length
    if (count === 0 || (count > 2 && input.IndexName === undefined))
      throw validationException('Conditions can be of length 1 or 2 only')
    return legacyKeyTests(input.KeyConditions ?? {})
  }
  try {
    const tests = keyTests(keyCondition)
    // Only an index can have a key of more than two attributes.
    if (tests.size > 2 && input.IndexName === undefined)
      throw validationException('Conditions can be of length 1 or 2 only')
    return tests
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw validationException(error.message)
  }
}

/** A filter may not look at the key that is queried. */
function checkFilter(key: KeySchema, { filter, isLegacyFilter }: ReturnType<typeof checkRequest>): void {
  if (filter === undefined) return
  const heads = new Set(pathsOf(filter).map(path => path[0]))
  const attribute = keyAttributes(key).find(({ name }) => heads.has(name))
  if (attribute === undefined) return
  const what = isLegacyFilter ? 'QueryFilter' : 'Filter Expression'
  throw validationException(
    `${what} can only contain non-primary key attributes: Primary key attribute: ${attribute.name}`,
  )
}
