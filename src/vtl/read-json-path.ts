import { InputObject } from './aws/input-object.ts'
import { JavaCollection } from './java/collection.ts'
import { JavaMap } from './java/map.ts'
import { text } from './java/value.ts'

/**
 * What a JSONPath finds in a body, as parameter mappings take it: a string, a number or a boolean as its text, an
 * object or an array as JSON; undefined where it finds nothing.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export function readJsonPath(body: string, path: string): string | undefined {
  const input = new InputObject(body, new JavaMap())
  const value = input.path(path)
  if (value === null) return undefined
  return value instanceof JavaMap || value instanceof JavaCollection ? input.json(path) : text(value)
}
