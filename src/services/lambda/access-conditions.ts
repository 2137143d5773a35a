import type { AccessRequest, OperationContext } from '../../aws/index.ts'
import { arnOf, parseName } from './names.ts'
import { type LambdaState, mappings } from './state.ts'

/** What inputs say that condition keys of Lambda are about. */
export interface Conditioned {
  readonly FunctionName?: string
  readonly UUID?: string
  readonly Role?: string
  readonly Principal?: string
  readonly Layers?: readonly string[]
  readonly FunctionUrlAuthType?: string
  readonly AuthType?: string
}

type Context = OperationContext<LambdaState>

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html#awslambda-policy-keys */
export function conditionsOf(
  operation: string,
  input: Conditioned,
): NonNullable<AccessRequest['conditions']> {
  const authType = input.FunctionUrlAuthType ?? input.AuthType
  return {
    ...(operation === 'AddPermission' && input.Principal !== undefined
      ? { 'lambda:Principal': input.Principal }
      : {}),
    ...(input.Layers === undefined ? {} : { 'lambda:Layer': input.Layers }),
    ...(authType === undefined ? {} : { 'lambda:FunctionUrlAuthType': authType }),
  }
}

/** `lambda:FunctionArn`: which function a mapping is for, the one named or the one that it has. */
export async function mappedFunction(
  context: Context,
  { FunctionName, UUID }: Conditioned,
): Promise<NonNullable<AccessRequest['conditions']>> {
  const { account, region } = context
  const known =
    UUID === undefined
      ? undefined
      : await context.state.store.read(reader => mappings.get(reader, account, region, UUID))
  const arn = FunctionName === undefined ? known?.FunctionArn : arnOf(parseName(context, FunctionName))
  return arn === undefined ? {} : { 'lambda:FunctionArn': arn }
}

/** Who gives a function a role must be allowed to hand that role over. */
export function passedRole(operation: string, { Role }: Conditioned): readonly AccessRequest[] {
  if (Role === undefined || !/^(?:CreateFunction|UpdateFunctionConfiguration)$/.test(operation)) return []
  return [
    {
      action: 'iam:PassRole',
      resources: [Role],
      conditions: { 'iam:PassedToService': 'lambda.amazonaws.com' },
    },
  ]
}
