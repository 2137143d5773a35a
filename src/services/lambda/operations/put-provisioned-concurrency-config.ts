import type {
  PutProvisionedConcurrencyConfigRequest,
  PutProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda'
import {
  accountConcurrency,
  provisionedOf,
  reservedBesides,
  unreservedMinimum,
} from '../concurrency-limits.ts'
import { change } from '../deployed.ts'
import { invalidParameter, resourceConflict, untypedInvalidParameter } from '../errors.ts'
import { isVersion, keyOf, parseUnqualified } from '../names.ts'
import { provisionableVersion, provisionedAnswer } from '../provisioned-rules.ts'
import { aliases, type Operation, provisioned, reservations } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html */
export const PutProvisionedConcurrencyConfig: Operation<
  PutProvisionedConcurrencyConfigRequest,
  PutProvisionedConcurrencyConfigResponse
> = async (context, input) => {
  const { state, now } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { Qualifier: qualifier = '', ProvisionedConcurrentExecutions: count = 0 } = input
  return await change(state, writer => {
    const version = provisionableVersion(writer, state, reference, qualifier)
    const others = [...aliases.under(writer, ...keyOf(reference))].map(([, alias]) => alias)
    if (isVersion(qualifier)) {
      const taken = others.some(
        alias =>
          alias.version === qualifier &&
          provisioned.get(writer, ...keyOf(reference), alias.name) !== undefined,
      )
      if (taken) throw resourceConflict('Version is pointed by a Provisioned Concurrency alias')
    } else {
      if (provisioned.get(writer, ...keyOf(reference), version) !== undefined)
        throw resourceConflict(
          "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
        )
    }
    const reserved = reservations.get(writer, ...keyOf(reference))
    const before = provisioned.get(writer, ...keyOf(reference), qualifier)?.count ?? 0
    if (reserved !== undefined && provisionedOf(writer, reference) - before + count > reserved)
      throw invalidParameter(
        'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
      )
    const unreserved = accountConcurrency - reservedBesides(writer, reference, reference.name)
    if (count > unreserved)
      throw untypedInvalidParameter(
        `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`,
      )
    if (reserved === undefined && unreserved - count < unreservedMinimum)
      throw untypedInvalidParameter(
        `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreservedMinimum}].`,
      )
    const record = { count, modified: now }
    provisioned.put(writer, record, ...keyOf(reference), qualifier)
    return provisionedAnswer(record, { ready: 0 })
  })
}
