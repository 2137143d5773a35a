import type { Reader } from '../../stores/index.ts'
import { parseName } from './names.ts'
import { functions, policies } from './state.ts'

/** Who wants to invoke: a service, on behalf of one of its resources. */
export interface InvokingService {
  /** `s3.amazonaws.com`. */
  readonly principal: string
  readonly sourceArn: string
  readonly sourceAccount: string
}

type Statement = Readonly<Record<string, unknown>>

/**
 * Whether a function's policy lets a service invoke it, as services ask before they take it for a destination. Functions
 * of the project's folder have no policy unless somebody added one, and then let everybody in: their permissions lie
 * where they are deployed from. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function servicePermitted(reader: Reader, functionArn: string, service: InvokingService): boolean {
  const { name, qualifier = '' } = parseName(functionArn)
  const policy = policies.get(reader, name, qualifier)
  if (policy === undefined) return functions.get(reader, name, 0) === undefined
  return policy.statements.some(statement => permits(statement, service))
}

/** Statements come from AddPermission alone, so these are all the forms that they have. */
function permits({ Principal, Action, Condition }: Statement, service: InvokingService): boolean {
  const named =
    typeof Principal === 'object' && Principal !== null ? (Principal as Statement)['Service'] : Principal
  if (named !== '*' && named !== service.principal) return false
  if (Action !== 'lambda:InvokeFunction' && Action !== 'lambda:*') return false
  const { ArnLike, StringEquals } = (Condition ?? {}) as Record<string, Statement | undefined>
  const arn = ArnLike?.['AWS:SourceArn']
  const account = StringEquals?.['AWS:SourceAccount']
  return (
    (arn === undefined || like(String(arn), service.sourceArn)) &&
    (account === undefined || account === service.sourceAccount)
  )
}

function like(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(text)
}
