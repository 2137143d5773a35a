import type { ScanCommandInput, ScanCommandOutput } from '@aws-sdk/client-dynamodb'
import { checkKeyPaths } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { pathsOf } from '../filter-heads.ts'
import { needsItems } from '../index-projection.ts'
import { attributesToGet } from '../legacy/attributes-to-get.ts'
import { checkConditionalOperator } from '../legacy/conditional-operator.ts'
import { checkConditions, toCondition } from '../legacy/conditions.ts'
import { pageOutput } from '../page-output.ts'
import { allRows, readRows, rowKeyOf } from '../read-rows.ts'
import { checkMixture, requestExpressions } from '../request-expressions.ts'
import { isInSegment, segmentRange } from '../segments.ts'
import { checkSelect, fetchesItems, requireIndex } from '../select.ts'
import { checkStartAttribute, checkStartCount, checkStartItem, checkStartValues } from '../start-key.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import { keyAttributes } from '../table.ts'
import type { Wire } from '../wire.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
export const Scan: DynamoDbOperation<ScanCommandInput, Omit<ScanCommandOutput, '$metadata'>> = async (
  context,
  input,
) => {
  const { filter, paths } = checkRequest(input)
  const { table, index, page } = await context.state.store.read(reader => {
    const table = requireTable(reader, context, input.TableName ?? '')
    const index = requireIndex(table, input, context.now)
    const startKey = input.ExclusiveStartKey
    if (startKey !== undefined) {
      const prefix =
        'The provided starting key is invalid: The provided key element does not match the schema'
      checkStartCount(table, index, startKey, index === undefined ? prefix : undefined)
      if (index !== undefined)
        for (const attribute of keyAttributes(index.key)) checkStartAttribute(index.key, attribute, startKey)
    }
    const fetches = fetchesItems(index, input.Select)
    if (startKey !== undefined) checkStartItem(table, startKey)
    const segments = input.TotalSegments ?? 1
    const within =
      segments > 1 ? segmentRange(table, index, input.Segment ?? 0, segments) : allRows(table, index)
    if (startKey !== undefined && !isInSegment(within, rowKeyOf(table, index, startKey))) {
      throw validationException(
        'The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. ' +
          `TotalSegments: ${segments} Segment: ${input.Segment ?? 0}`,
      )
    }
    const whole = fetches || needsItems(table, index, paths)
    checkKeyPaths(table, paths ?? [])
    checkKeyPaths(table, filter === undefined ? [] : pathsOf(filter))
    const page = readRows(reader, {
      table,
      index,
      within,
      startKey,
      limit: input.Limit,
      filter,
      paths,
      fetchesItems: whole,
      countsOnly: input.Select === 'COUNT',
    })
    return { table, index, page }
  })
  return pageOutput(input, table, index, page)
}

/** Everything that is checked before the table is looked at, in DynamoDB's order. */
function checkRequest(input: Wire<ScanCommandInput>) {
  checkTableName(input.TableName)
  checkMixture(
    input,
    ['ProjectionExpression', 'FilterExpression'],
    ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'],
  )
  checkConditionalOperator(input.ConditionalOperator, input.ScanFilter)
  const named = attributesToGet(input.AttributesToGet)
  checkConditions(input.ScanFilter ?? {})
  checkStartValues(input.ExclusiveStartKey)
  const { Segment: segment, TotalSegments: segments } = input
  if (segment !== undefined && segments === undefined) {
    throw validationException(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    )
  }
  if (segments !== undefined && segment === undefined) {
    throw validationException(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    )
  }
  if (segments !== undefined && segment !== undefined && segment >= segments) {
    throw validationException(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${segment} is not less than TotalSegments: ${segments}`,
    )
  }
  const expressions = requestExpressions(input)
  const paths = expressions.projection ?? named
  checkSelect(input)
  return {
    filter: expressions.filter ?? toCondition(input.ScanFilter ?? {}, input.ConditionalOperator),
    paths,
  }
}
