import type { AwsError } from '../aws-error.ts'
import { createErrorShapes, type ErrorShape, faultOf } from './error-shapes.ts'
import { createJsonEncoders, quote } from './json-encoder.ts'
import type { ServiceFacts } from './service-facts.ts'
import type { LinkedModel } from './shapes.ts'

/**
 * Errors of Coral, the framework under AWS's services, that spell their text with a capital: recorded by dynalite from
 * DynamoDB; the other JSON services are assumed to be alike, for it is the same framework.
 */
const capital: ReadonlySet<string> = new Set(['SerializationException', 'AccessDeniedException'])

/** An error as a JSON service says it. */
export interface JsonError {
  readonly status: number
  readonly code: string
  readonly body: string
  /** `code;Sender` for services that spoke awsQuery before. */
  readonly queryError: string
}

/** Compiles the writing of one service's errors; `typed` puts `__type` into the body. */
export function createJsonErrors(
  linked: LinkedModel,
  facts: ServiceFacts,
  options: { readonly typed: boolean; readonly jsonNames: boolean },
): (error: AwsError) => JsonError {
  const errorShape = createErrorShapes(linked)
  const encoders = createJsonEncoders(options.jsonNames)
  return error => {
    const known = errorShape(error)
    const code = known?.shape.name ?? error.code
    const members: string[] = []
    if (options.typed) members.push(`"__type":${quote(typeName(code, known, facts))}`)
    // A failed condition that shows its item spells it so, too (recorded by LocalStack).
    const showsItem = facts.blobsAsText && error.detail['Item'] !== undefined
    const text = showsItem ? 'Message' : (known?.messageMember ?? (capital.has(code) ? 'Message' : 'message'))
    if (error.message !== '') members.push(`${quote(text)}:${quote(error.message)}`)
    const detail = detailOf(error, known, text)
    if (known === undefined) {
      for (const [name, value] of Object.entries(detail))
        if (value !== undefined) members.push(`${quote(name)}:${JSON.stringify(value)}`)
    } else {
      const encoded = encoders(known.shape)(detail)
      if (encoded !== '{}') members.push(encoded.slice(1, -1))
    }
    return {
      status: error.statusCode ?? known?.status ?? 400,
      code,
      body: `{${members.join(',')}}`,
      queryError: `${known?.queryCode ?? code};${faultOf(error, known)}`,
    }
  }
}

function typeName(code: string, known: ErrorShape | undefined, facts: ServiceFacts): string {
  if (known !== undefined) return facts.typePrefix + code
  // DynamoDB's limits are checked by Coral's validation, which names itself.
  if (code === 'ValidationException' && facts.commonTypePrefix !== '')
    return `com.amazon.coral.validate#${code}`
  return facts.commonTypePrefix + code
}

/** The error's members besides its text; Lambda's `Type` says whose fault it is. */
function detailOf(error: AwsError, known: ErrorShape | undefined, text: string): Record<string, unknown> {
  const detail: Record<string, unknown> = { ...error.detail }
  delete detail[text]
  if (known?.messageMember !== undefined) delete detail[known.messageMember]
  const typed = known?.shape.members.some(member => member.name === 'Type') === true
  // An error that is recorded without says so by having `undefined`.
  if (typed && !Object.hasOwn(detail, 'Type')) detail['Type'] = known?.server === true ? 'Service' : 'User'
  return detail
}
