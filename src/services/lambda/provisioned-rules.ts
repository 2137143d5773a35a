import type { PutProvisionedConcurrencyConfigResponse } from '@aws-sdk/client-lambda'
import { AwsError } from '../../aws/index.ts'
import type { ProvisionedState } from '../../ports/index.ts'
import type { Reader } from '../../stores/index.ts'
import { timestamp } from './answers.ts'
import { aliasNotFound, functionNotFound, invalidParameter } from './errors.ts'
import { findVersion } from './find.ts'
import { arnOf, type Caller, isVersion, keyOf, latest, parseUnqualified, type Reference } from './names.ts'
import { aliases, type LambdaState } from './state.ts'

export const noProvisionedConfig = (): AwsError =>
  new AwsError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    { detail: { Type: 'User' } },
  )

/** Which version or alias a read or a deletion means. */
export function namedProvision(
  caller: Caller,
  input: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
): { readonly reference: Reference; readonly qualifier: string } {
  const reference = parseUnqualified(caller, input.FunctionName)
  const { Qualifier: qualifier = '' } = input
  if (qualifier === latest)
    throw invalidParameter('The function resource provided must be an alias or a published version.')
  return { reference, qualifier }
}

/** Only published versions, and aliases of these, have provisioned concurrency; answers which version is meant. */
export function provisionableVersion(
  reader: Reader,
  { host }: LambdaState,
  unqualified: Reference,
  qualifier: string,
): string {
  const reference = { ...unqualified, qualifier }
  const alias = isVersion(qualifier) ? undefined : aliases.get(reader, ...keyOf(reference), qualifier)
  if (!isVersion(qualifier) && alias === undefined) throw aliasNotFound(arnOf(reference))
  const version = alias?.version ?? qualifier
  if (version === latest)
    throw invalidParameter(
      'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    )
  if (findVersion(reader, host, reference) === undefined) throw functionNotFound(arnOf(reference))
  return version
}

/** What reads answer: how many of the environments are initialised by now. */
export function provisionedAnswer(
  { count, modified }: { readonly count: number; readonly modified: number },
  { ready, failure }: ProvisionedState,
): PutProvisionedConcurrencyConfigResponse {
  const available = Math.min(ready, count)
  const failed = failure !== undefined && available < count
  return {
    RequestedProvisionedConcurrentExecutions: count,
    AvailableProvisionedConcurrentExecutions: available,
    AllocatedProvisionedConcurrentExecutions: available,
    Status: failed ? 'FAILED' : available === count ? 'READY' : 'IN_PROGRESS',
    ...(failed && { StatusReason: failure }),
    LastModified: timestamp(modified),
  }
}
