import { invalidFunctionName } from './lambda-error.ts'

/** A function's name with the version or alias that is meant. */
export interface FunctionReference {
  readonly name: string
  readonly qualifier?: string
}

const pattern =
  /^(?:arn:[\w-]*:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?(?:function:)?([\w.-]+)(?::(\$LATEST|[\w-]+))?$/

/**
 * Takes a name, a partial ARN or an ARN apart, each with or without `:qualifier`; account and region do not matter.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#lambda-Invoke-request-FunctionName
 */
export function parseFunctionReference(text: string, qualifier?: string): FunctionReference {
  const match = pattern.exec(text)
  const name = match?.[1]
  if (name === undefined) throw invalidFunctionName(text)
  const found = qualifier ?? match?.[2]
  return found === undefined ? { name } : { name, qualifier: found }
}
