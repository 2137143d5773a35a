import type { GetParametersByPathRequest, GetParametersByPathResult } from '@aws-sdk/client-ssm'
import { parameterOf } from '../answers.ts'
import { compileFilters, liesUnder } from '../filters.ts'
import { checkPath } from '../names.ts'
import { pageOf } from '../pages.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export const GetParametersByPath: Operation<GetParametersByPathRequest, GetParametersByPathResult> = async (
  context,
  input,
) => {
  const parent = input.Path ?? ''
  checkPath(parent)
  const filter = compileFilters(input.ParameterFilters, 'by-path')
  // With a label filter AWS answers the versions that carry the label, not the latest ones.
  const labels = input.ParameterFilters?.find(({ Key }) => Key === 'Label')?.Values
  const page = await pageOf(context, {
    start: parent.endsWith('/') ? parent : `${parent}/`,
    passes: (path, found) => liesUnder(path, parent, input.Recursive ?? false) && filter(path, found),
    limit: input.MaxResults ?? 10,
    token: input.NextToken,
    ...(labels === undefined
      ? {}
      : { versionOf: record => labels.map(label => record.labels[label]).find(one => one !== undefined) }),
  })
  const { account, region } = context
  const Parameters = page.found.map(([path, found]) =>
    parameterOf({ account, region, path }, found, input.WithDecryption ?? false),
  )
  return page.next === undefined ? { Parameters } : { Parameters, NextToken: page.next }
}
