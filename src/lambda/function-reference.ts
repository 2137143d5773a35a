import { invalidFunctionName } from './lambda-error.ts'

/** A function's name with the version or alias that is meant. */
export interface FunctionReference {
  readonly account?: string
  readonly region?: string
  readonly name: string
  readonly qualifier?: string
}

const pattern =
  /^(?:arn:[\w-]*:lambda:)?(?:([a-z]{2}(?:-[a-z]+)+-\d):)?(?:(\d{12}):)?(?:function:)?([\w.-]+)(?::(\$LATEST|[\w-]+))?$/

/**
 * Takes a name, a partial ARN or an ARN apart, each with or without `:qualifier`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-FunctionName
 */
export function parseFunctionReference(text: string, qualifier?: string): FunctionReference {
  const [, region, account, name, derived] = pattern.exec(text) ?? []
  if (name === undefined) throw invalidFunctionName(text)
  const found = qualifier ?? derived
  return {
    name,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(found !== undefined && { qualifier: found }),
  }
}
