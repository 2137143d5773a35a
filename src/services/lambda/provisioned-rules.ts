import type { PutProvisionedConcurrencyConfigResponse } from '@aws-sdk/client-lambda'
import { AwsError } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { timestamp } from './answers.ts'
import { aliasNotFound, functionNotFound, invalidParameter } from './errors.ts'
import { findVersion } from './find.ts'
import { arnOf, isVersion, keyOf, latest, type Reference } from './names.ts'
import { aliases, type LambdaState } from './state.ts'

export const noProvisionedConfig = (): AwsError =>
  new AwsError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    { detail: { Type: 'User' } },
  )

/** Only published versions and aliases have provisioned concurrency. */
export function checkProvisionable(
  reader: Reader,
  { host }: LambdaState,
  function_: Reference,
  qualifier: string,
): void {
  const reference = { ...function_, qualifier }
  if (qualifier === latest)
    throw invalidParameter(
      'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    )
  if (!isVersion(qualifier) && aliases.get(reader, ...keyOf(reference), qualifier) === undefined)
    throw aliasNotFound(arnOf(reference))
  if (findVersion(reader, host, reference) === undefined) throw functionNotFound(arnOf(reference))
}

/** Environments are started on demand here, which is what callers see of provisioned ones; reads say they are ready. */
export function provisionedAnswer(
  count: number,
  modified: number,
  ready: boolean,
): PutProvisionedConcurrencyConfigResponse {
  return {
    RequestedProvisionedConcurrentExecutions: count,
    AvailableProvisionedConcurrentExecutions: ready ? count : 0,
    AllocatedProvisionedConcurrentExecutions: ready ? count : 0,
    Status: ready ? 'READY' : 'IN_PROGRESS',
    LastModified: timestamp(modified),
  }
}
