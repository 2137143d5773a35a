import type { AliasRoutingConfiguration } from '@aws-sdk/client-lambda'
import type { Reader } from '../../stores/index.ts'
import { invalidParameter, untypedInvalidParameter } from './errors.ts'
import { getVersion } from './find.ts'
import { latest, type Reference } from './names.ts'
import type { LambdaState } from './state.ts'

/** The weights of an alias as they are kept; texts as recorded from AWS. */
export function weightsOf(
  reader: Reader,
  { host }: LambdaState,
  reference: Reference,
  version: string,
  routing: AliasRoutingConfiguration | undefined,
): Readonly<Record<string, number>> | undefined {
  const weights = Object.entries(routing?.AdditionalVersionWeights ?? {})
  if (weights.length === 0) return undefined
  if (weights.length > 1)
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1')
  if (version === latest)
    throw untypedInvalidParameter('$LATEST is not supported for an alias pointing to more than 1 version')
  for (const [other] of weights) {
    if (other === version)
      throw invalidParameter(
        `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
      )
    getVersion(reader, host, { ...reference, qualifier: other })
  }
  return Object.fromEntries(weights)
}
