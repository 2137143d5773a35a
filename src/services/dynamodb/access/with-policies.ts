import type { AccessRequest, AccessRule } from '../../../aws/index.ts'
import { policyOf } from '../resource-policy.ts'
import type { DynamoDbState } from '../state.ts'
import type { DynamoDbContext } from './item-access.ts'

type Rule = AccessRule<DynamoDbState>

/** A table's or stream's ARN without what follows it, and whose it is. */
const resource = /^(arn:[^:]+:dynamodb:[^:]*:([^:]*):table\/[^/*]+)(\/stream\/[^/*]+)?(?:\/.*)?$/

/**
 * Puts the policies of the tables and streams that are asked for beside the permissions that a call needs, and says
 * whose they are. A table's policy speaks for its indexes too.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html
 */
export function withPolicies(rules: Readonly<Record<string, Rule>>): Readonly<Record<string, Rule>> {
  return Object.fromEntries(
    Object.entries(rules).map(([operation, rule]): [string, Rule] => [
      operation,
      (context, input) => {
        const requests = rule(context, input)
        if (requests instanceof Promise) return requests.then(all => withAllPolicies(context, all))
        return withAllPolicies(context, requests)
      },
    ]),
  )
}

function withAllPolicies(
  context: DynamoDbContext,
  requests: readonly AccessRequest[],
): readonly AccessRequest[] | Promise<readonly AccessRequest[]> {
  const { principal } = context
  const owned = `:${principal.account}:`
  // The owner passes whatever the policies say, so they are not read: this runs before every call.
  const passes = (request: AccessRequest): boolean => {
    const [arn = '*'] = request.resources
    return arn === '*' || (principal.kind === 'root' && arn.includes(owned))
  }
  if (requests.every(passes)) return requests
  return Promise.all(requests.map(request => withPolicy(context, request)))
}

async function withPolicy(context: DynamoDbContext, request: AccessRequest): Promise<AccessRequest> {
  const [, table, owner, stream = ''] = resource.exec(request.resources[0] ?? '') ?? []
  if (table === undefined || owner === undefined) return request
  const { state, now } = context
  const policy = await state.store.read(reader => policyOf(reader, context, table + stream, now))
  return {
    ...request,
    resourceAccount: owner,
    ...(policy === undefined ? {} : { resourcePolicy: policy.document }),
  }
}
