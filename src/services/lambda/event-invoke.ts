import type { DestinationConfig, FunctionEventInvokeConfig } from '@aws-sdk/client-lambda'
import type { AwsError } from '../../aws/index.ts'
import type { Reader } from '../../stores/index.ts'
import { invalidParameter, resourceNotFound } from './errors.ts'
import { findLatest, findVersion } from './find.ts'
import { arnOf, type Caller, latest, parseName, type Reference } from './names.ts'
import type { EventInvokeRecord, LambdaState } from './state.ts'

/** Without a qualifier `$LATEST` is meant. */
export function qualified(
  caller: Caller,
  functionName: string | undefined,
  qualifier: string | undefined,
): Required<Reference> {
  const reference = parseName(caller, functionName, qualifier)
  return { ...reference, qualifier: reference.qualifier ?? latest }
}

export const noEventInvokeConfig = (reference: Reference): AwsError =>
  resourceNotFound(`The function ${arnOf(reference)} doesn't have an EventInvokeConfig`)

export function checkEventInvoke(reader: Reader, { host }: LambdaState, reference: Reference): void {
  if (findVersion(reader, host, reference) === undefined)
    throw resourceNotFound("The function doesn't exist.")
}

/** Destinations must be there, where they are functions, and another function than the one whose events they take. */
export function checkDestinations(
  reader: Reader,
  caller: Caller & { readonly state: LambdaState },
  name: string,
  config: DestinationConfig | undefined,
): void {
  for (const arn of [config?.OnSuccess?.Destination, config?.OnFailure?.Destination]) {
    if (arn === undefined || arn === '') continue
    const service = arn.split(':')[2] ?? ''
    if (!['lambda', 'sqs', 'sns', 'events', 's3'].includes(service))
      throw invalidParameter(
        `The provided destination config DestinationConfig(onSuccess=${shown('OnSuccess', config?.OnSuccess?.Destination)}, onFailure=${shown('OnFailure', config?.OnFailure?.Destination)}) is invalid.`,
      )
    if (service !== 'lambda') continue
    const target = parseName(caller, arn)
    if (target.name === name)
      throw invalidParameter("You can't specify the function as a destination for itself.")
    if (findLatest(reader, caller.state.host, target) === undefined)
      throw invalidParameter(`The destination ARN ${arnOf(target)} is invalid.`)
  }
}

function shown(kind: string, destination: string | undefined): string {
  return destination === undefined ? 'null' : `${kind}(destination=${destination})`
}

export function eventInvokeAnswer(
  reference: Reference,
  { retries, age, onSuccess, onFailure, modified }: EventInvokeRecord,
): FunctionEventInvokeConfig {
  return {
    FunctionArn: arnOf(reference),
    LastModified: new Date(modified),
    ...(retries !== undefined && { MaximumRetryAttempts: retries }),
    ...(age !== undefined && { MaximumEventAgeInSeconds: age }),
    DestinationConfig: {
      OnSuccess: { ...(onSuccess !== undefined && { Destination: onSuccess }) },
      OnFailure: { ...(onFailure !== undefined && { Destination: onFailure }) },
    },
  }
}

/** What a request says of an event invoke config. */
export function eventInvokeMembers(input: {
  readonly MaximumRetryAttempts?: number | undefined
  readonly MaximumEventAgeInSeconds?: number | undefined
  readonly DestinationConfig?: DestinationConfig | undefined
}): Omit<EventInvokeRecord, 'modified'> {
  const onSuccess = input.DestinationConfig?.OnSuccess?.Destination
  const onFailure = input.DestinationConfig?.OnFailure?.Destination
  return {
    ...(input.MaximumRetryAttempts !== undefined && { retries: input.MaximumRetryAttempts }),
    ...(input.MaximumEventAgeInSeconds !== undefined && { age: input.MaximumEventAgeInSeconds }),
    ...(onSuccess && { onSuccess }),
    ...(onFailure && { onFailure }),
  }
}
