import { invalidParameter } from './errors.ts'
import type { Scope } from './state.ts'

/** The version that every function has. */
export const latest = '$LATEST'

/** A function's name with the version or alias that is meant. */
export interface Reference {
  readonly name: string
  readonly qualifier?: string
}

const pattern =
  /^(?:arn:[\w-]*:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?(?:function:)?([\w-]+)(?::(\$LATEST|[\w$-]+))?$/

/**
 * Takes a name, a partial or whole ARN apart, each with or without `:qualifier`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html#lambda-GetFunction-request-FunctionName
 */
export function parseName(text: string | undefined, qualifier?: string): Reference {
  const match = pattern.exec(text ?? '')
  const name = match?.[1]
  if (name === undefined)
    throw invalidParameter(
      `1 validation error detected: Value '${text}' at 'functionName' is no function name`,
    )
  const derived = match?.[2]
  if (derived !== undefined && qualifier !== undefined && derived !== qualifier)
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    )
  const found = qualifier ?? derived
  return found === undefined ? { name } : { name, qualifier: found }
}

/** As `parseName` for what versions and aliases do not have. */
export function parseUnqualified(text: string | undefined): string {
  const { name, qualifier } = parseName(text)
  if (qualifier !== undefined)
    throw invalidParameter(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    )
  return name
}

/** `arn:aws:lambda:us-east-1:000000000000:function:name:qualifier` in the caller's account and region. */
export function arnOf({ account, region }: Scope, { name, qualifier }: Reference): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`
}

export function layerArnOf({ account, region }: Scope, name: string, version?: number): string {
  return `arn:aws:lambda:${region}:${account}:layer:${name}${version === undefined ? '' : `:${version}`}`
}

/** Whether a qualifier names a version. */
export function isVersion(qualifier: string): boolean {
  return qualifier === latest || /^\d+$/.test(qualifier)
}

/** A version's number in keys: `$LATEST` is 0. */
export function versionNumber(version: string): number {
  return version === latest ? 0 : Number(version)
}
