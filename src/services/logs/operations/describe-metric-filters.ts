import type {
  DescribeMetricFiltersRequest,
  DescribeMetricFiltersResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter } from '../errors.ts'
import { getGroup } from '../names.ts'
import { page } from '../pages.ts'
import { metricFilters, type Operation } from '../state.ts'

/** Of one group, or of all. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html */
export const DescribeMetricFilters: Operation<
  DescribeMetricFiltersRequest,
  DescribeMetricFiltersResponse
> = async (context, input) => {
  const { state, account, region } = context
  const { logGroupName: group, filterNamePrefix = '', metricName, metricNamespace } = input
  if ((metricName === undefined) !== (metricNamespace === undefined))
    throw invalidParameter('metricName and metricNamespace are given together or not at all.')
  return await state.store.read(reader => {
    if (group !== undefined) getGroup(reader, context, group)
    const found = [
      ...metricFilters.under(reader, account, region, ...(group === undefined ? [] : [group])),
    ].map(([key, record]) => ({ ...record, group: String(key[2]) }))
    const wanted = found
      .filter(({ name }) => name.startsWith(filterNamePrefix))
      .filter(
        ({ transformations }) =>
          metricName === undefined ||
          transformations.some(
            each => each.metricName === metricName && each.metricNamespace === metricNamespace,
          ),
      )
    const keyOf = (record: { readonly group: string; readonly name: string }): string =>
      `${record.group}\n${record.name}`
    const { items, nextToken } = page(wanted, keyOf, input.nextToken, input.limit)
    return {
      metricFilters: items.map(record => ({
        filterName: record.name,
        filterPattern: record.pattern,
        metricTransformations: [...record.transformations],
        creationTime: record.created,
        logGroupName: record.group,
        applyOnTransformedLogs: record.applyOnTransformedLogs,
      })),
      ...(nextToken !== undefined && { nextToken }),
    }
  })
}
