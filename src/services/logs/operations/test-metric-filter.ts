import type { TestMetricFilterRequest, TestMetricFilterResponse } from '@aws-sdk/client-cloudwatch-logs'
import { compilePattern } from '../filter/compile-pattern.ts'
import type { Operation } from '../state.ts'

/** Tells which messages a pattern takes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html */
export const TestMetricFilter: Operation<TestMetricFilterRequest, TestMetricFilterResponse> = (
  _context,
  input,
) => {
  const matches = compilePattern(input.filterPattern)
  const all = (input.logEventMessages ?? []).map((eventMessage, index) => ({
    eventNumber: index + 1,
    eventMessage,
    extractedValues: {},
  }))
  return { matches: all.filter(({ eventMessage }) => matches(eventMessage)) }
}
