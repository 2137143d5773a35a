import type { FunctionUrlConfig } from '@aws-sdk/client-lambda'
import { AwsError } from '../../../aws/index.ts'
import type { FunctionHost } from '../../../ports/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { timestamp } from '../answers.ts'
import { noSuchResource } from '../errors.ts'
import { findVersion } from '../find.ts'
import { arnOf, type Caller, parseName, type Reference } from '../names.ts'
import type { LambdaState, Scope, UrlRecord } from '../state.ts'

/** URLs belong to a function or an alias. */
export function urlHolder(
  caller: Caller,
  functionName: string | undefined,
  qualifier: string | undefined,
): Reference {
  const reference = parseName(caller, functionName, qualifier)
  if (reference.qualifier !== undefined && !/^(?!\d+$)[\w-]+$/.test(reference.qualifier))
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${reference.qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)`,
    )
  return reference
}

/** `http://{id}.lambda-url.{region}.localhost:4566/`, as AWS's `https://{id}.lambda-url.{region}.on.aws/`. */
export function functionUrl(
  { endpoint }: Pick<LambdaState, 'endpoint'>,
  { region }: Scope,
  id: string,
): string {
  return `http://${id}.lambda-url.${region}.localhost:${new URL(endpoint()).port}/`
}

/** Whether there is no function, or no alias, that a URL could belong to. */
export function holderMissing(reader: Reader, host: FunctionHost, holder: Reference): boolean {
  return findVersion(reader, host, holder) === undefined
}

export function urlAnswer(
  state: LambdaState,
  holder: Reference,
  record: UrlRecord | undefined,
): FunctionUrlConfig {
  if (record === undefined) throw noSuchResource()
  return {
    FunctionUrl: functionUrl(state, holder, record.id),
    FunctionArn: arnOf(holder),
    AuthType: record.authType,
    ...(record.cors && { Cors: record.cors }),
    CreationTime: timestamp(record.created),
    LastModifiedTime: timestamp(record.modified),
    InvokeMode: record.invokeMode,
  }
}
