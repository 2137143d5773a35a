import type { DescribeParametersRequest, DescribeParametersResult } from '@aws-sdk/client-ssm'
import { metadataOf } from '../answers.ts'
import { validationException } from '../errors.ts'
import { compileFilters, compileOldFilters } from '../filters.ts'
import { pageOf } from '../pages.ts'
import { sharedPage } from '../shared-parameters.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const DescribeParameters: Operation<DescribeParametersRequest, DescribeParametersResult> = async (
  context,
  input,
) => {
  if (input.Filters?.length && input.ParameterFilters?.length)
    throw validationException('You can use either Filters or ParameterFilters in a single request.')
  const filter = compileFilters(input.ParameterFilters, 'describe')
  const oldFilter = compileOldFilters(input.Filters)
  const request = {
    start: '/',
    passes: (path: string, found: Parameters<typeof filter>[1]) =>
      filter(path, found) && oldFilter(path, found),
    limit: input.MaxResults ?? 50,
    token: input.NextToken,
  }
  if (input.Shared) return sharedPage(context, request)
  const page = await pageOf(context, request)
  const result = { Parameters: page.found.map(([path, found]) => metadataOf(context, path, found)) }
  return page.next === undefined ? result : { ...result, NextToken: page.next }
}
