import type { PutMetricFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import { compilePattern } from '../filter/compile-pattern.ts'
import { getGroup } from '../names.ts'
import { metricFilters, type Operation } from '../state.ts'

/** Kept and described; nobody counts, for there are no metrics here. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
export const PutMetricFilter: Operation<PutMetricFilterRequest, object> = async (context, input) => {
  const { state, account, region, now } = context
  const { logGroupName: group = '', filterName: name = '', filterPattern: pattern = '' } = input
  compilePattern(pattern)
  await state.store.transaction(writer => {
    getGroup(writer, context, group)
    const before = metricFilters.get(writer, account, region, group, name)
    const record = {
      name,
      pattern,
      transformations: input.metricTransformations ?? [],
      applyOnTransformedLogs: input.applyOnTransformedLogs ?? false,
      created: before?.created ?? now,
    }
    metricFilters.put(writer, record, account, region, group, name)
  })
  state.log.warn(
    { group, filter: name },
    `The metric filter ${name} is kept, but publishes nothing: there are no metrics here`,
  )
  return {}
}
