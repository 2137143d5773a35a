import type { InvokingService } from '../../ports/index.ts'

/** One statement of a function's policy. */
export type Statement = Readonly<Record<string, unknown>>

/**
 * Whether a function's policy lets a service invoke it for one of its resources. Statements come from AddPermission
 * alone, so these are all the forms that they have.
 * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function servicePermitted(statements: readonly Statement[], service: InvokingService): boolean {
  return statements.some(statement => permits(statement, service))
}

function permits({ Principal, Action, Condition }: Statement, service: InvokingService): boolean {
  const named =
    typeof Principal === 'object' && Principal !== null ? (Principal as Statement)['Service'] : Principal
  if (![service.principal, service.regionalPrincipal ?? '*', '*'].includes(String(named))) return false
  if (!like(String(Action), 'lambda:InvokeFunction')) return false
  const { ArnLike, StringEquals, Bool } = (Condition ?? {}) as Record<string, Statement | undefined>
  const arn = ArnLike?.['AWS:SourceArn']
  const account = StringEquals?.['AWS:SourceAccount']
  return (
    Bool?.['lambda:InvokedViaFunctionUrl'] === undefined &&
    (arn === undefined || like(String(arn), service.sourceArn)) &&
    (account === undefined || account === service.sourceAccount)
  )
}

/**
 * What everybody lacks to call a function's URL without a signature: the actions that no statement allows. Both are
 * needed since October 2025: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html#urls-auth-none
 */
export function missingForPublicUrl(statements: readonly Statement[]): string[] {
  const allowed = (action: string): boolean =>
    statements.some(({ Principal, Action, Condition }) => {
      const everybody = Principal === '*' || (Principal as { AWS?: unknown } | null | undefined)?.AWS === '*'
      if (!everybody || !like(String(Action), action)) return false
      const { StringEquals, ArnLike } = (Condition ?? {}) as Record<string, Statement | undefined>
      const authType = StringEquals?.['lambda:FunctionUrlAuthType']
      const narrowed = Object.keys(StringEquals ?? {}).some(key => key !== 'lambda:FunctionUrlAuthType')
      return ArnLike === undefined && !narrowed && (authType === undefined || authType === 'NONE')
    })
  return ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].filter(action => !allowed(action))
}

function like(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(text)
}
