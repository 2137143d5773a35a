import type { FunctionHost } from '../../ports/index.ts'
import { invalidParameter, resourceNotFound } from './errors.ts'
import type { Scope } from './state.ts'

/** The version that every function has. */
export const latest = '$LATEST'

/** A function of an account and region with the version or alias that is meant. */
export interface Reference extends Scope {
  readonly name: string
  readonly qualifier?: string
}

/** Who names a function: a name without account and region means the caller's. */
export interface Caller extends Scope {
  readonly state: { readonly host: Pick<FunctionHost, 'project'> }
}

const pattern =
  /^(?:arn:[\w-]*:lambda:)?(?:([a-z]{2}(?:-[a-z]+)+-\d):)?(?:(\d{12}):)?(?:function:)?([\w-]+)(?::(\$LATEST|[\w$-]+))?$/

/**
 * Takes a name, a partial or whole ARN apart, each with or without `:qualifier`. Functions of the project's folder are in
 * every account and region: whatever an ARN says of these, the caller's are meant.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html#lambda-GetFunction-request-FunctionName
 */
export function parseName(caller: Caller, text: string | undefined, qualifier?: string): Reference {
  const [, arnRegion, arnAccount, name, derived] = pattern.exec(text ?? '') ?? []
  if (name === undefined)
    throw invalidParameter(
      `1 validation error detected: Value '${text}' at 'functionName' is no function name`,
    )
  if (derived !== undefined && qualifier !== undefined && derived !== qualifier)
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    )
  const found = qualifier ?? derived
  const everywhere = caller.state.host.project().has(name)
  // Recorded: LocalStack's test_lambda_api.snapshot.json, TestLambdaFunction::test_arns.
  if (!everywhere && arnRegion !== undefined && arnRegion !== caller.region)
    throw resourceNotFound(
      `Functions from '${arnRegion}' are not reachable in this region ('${caller.region}')`,
    )
  return {
    account: everywhere ? caller.account : (arnAccount ?? caller.account),
    region: caller.region,
    name,
    ...(found !== undefined && { qualifier: found }),
  }
}

/** As `parseName` for what versions and aliases do not have. */
export function parseUnqualified(caller: Caller, text: string | undefined): Reference {
  const { qualifier, ...reference } = parseName(caller, text)
  if (qualifier !== undefined)
    throw invalidParameter(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    )
  return reference
}

/** How the tables of functions begin their keys. */
export function keyOf({ account, region, name }: Reference): readonly [string, string, string] {
  return [account, region, name]
}

/** `arn:aws:lambda:us-east-1:000000000000:function:name:qualifier` */
export function arnOf({ account, region, name, qualifier }: Reference): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`
}

export function layerArnOf({ account, region }: Scope, name: string, version?: number): string {
  return `arn:aws:lambda:${region}:${account}:layer:${name}${version === undefined ? '' : `:${version}`}`
}

/** The key of a layer's version, by its ARN. */
export function layerKeyOf(arn: string): readonly [string, string, string, number] {
  const [, , , region = '', account = '', , name = '', version = ''] = arn.split(':')
  return [account, region, name, Number(version)]
}

/** Whether a qualifier names a version. */
export function isVersion(qualifier: string): boolean {
  return qualifier === latest || /^\d+$/.test(qualifier)
}

/** A version's number in keys: `$LATEST` is 0. */
export function versionNumber(version: string): number {
  return version === latest ? 0 : Number(version)
}
