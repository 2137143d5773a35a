import type { Concurrency, PutFunctionConcurrencyRequest } from '@aws-sdk/client-lambda'
import {
  accountConcurrency,
  provisionedOf,
  reservedBesides,
  unreservedMinimum,
} from '../concurrency-limits.ts'
import { change } from '../deployed.ts'
import { functionNotFound, untypedInvalidParameter } from '../errors.ts'
import { findLatest } from '../find.ts'
import { arnOf, keyOf, latest, parseUnqualified } from '../names.ts'
import { type Operation, reservations } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const PutFunctionConcurrency: Operation<PutFunctionConcurrencyRequest, Concurrency> = async (
  context,
  input,
) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { ReservedConcurrentExecutions: count = 0 } = input
  return await change(state, writer => {
    // Recorded: here the missing function is named with its version.
    if (findLatest(writer, state.host, reference) === undefined)
      throw functionNotFound(arnOf({ ...reference, qualifier: latest }))
    if (accountConcurrency - reservedBesides(writer, reference, reference.name) - count < unreservedMinimum)
      throw untypedInvalidParameter(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreservedMinimum}].`,
      )
    const provisioned = provisionedOf(writer, reference)
    if (count < provisioned)
      throw untypedInvalidParameter(
        ` ReservedConcurrentExecutions  ${count} should not be lower than function's total provisioned concurrency [${provisioned}].`,
      )
    reservations.put(writer, count, ...keyOf(reference))
    return { ReservedConcurrentExecutions: count }
  })
}
