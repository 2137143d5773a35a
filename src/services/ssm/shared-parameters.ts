import type { DescribeParametersResult } from '@aws-sdk/client-ssm'
import { metadataOf } from './answers.ts'
import { readToken, tokenAfter } from './page-token.ts'
import type { PageRequest } from './pages.ts'
import { type ParameterRecord, parameters, type Scope, type SsmState, versions } from './state.ts'

/** Whether a share names the account, as its number or inside an ARN. */
const isSharedWith = (record: ParameterRecord, account: string): boolean =>
  record.shares.some(({ text }) => {
    const { Statement: statement } = JSON.parse(text) as { Statement?: unknown }
    const statements = (Array.isArray(statement) ? statement : [statement]) as { Principal?: unknown }[]
    return statements.some(one => JSON.stringify(one.Principal ?? '').includes(account))
  })

/** The page of DescribeParameters with `Shared`: other accounts' parameters that are shared with the caller's. */
export async function sharedPage(
  context: Scope & { readonly state: SsmState },
  { passes, limit, token }: PageRequest,
): Promise<DescribeParametersResult> {
  const skip = Number(readToken(token) ?? 0)
  const all = await context.state.store.read(reader =>
    [...parameters.under(reader)].flatMap(([[account, region, key], record]) => {
      const scope = { account: String(account), region: String(region) }
      const path = String(key)
      if (scope.account === context.account || scope.region !== context.region) return []
      if (!isSharedWith(record, context.account)) return []
      const version = versions.get(reader, scope.account, scope.region, path, record.latest)
      const found = version && { record, version }
      return found !== undefined && passes(path, found) ? [metadataOf(scope, path, found)] : []
    }),
  )
  const Parameters = all.slice(skip, skip + limit)
  return skip + limit < all.length ? { Parameters, NextToken: tokenAfter(skip + limit) } : { Parameters }
}
