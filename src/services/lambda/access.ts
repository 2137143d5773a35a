import type { AccessRule } from '../../aws/index.ts'
import { type Conditioned, conditionsOf, mappedFunction, passedRole } from './access-conditions.ts'
import { layerPolicyKey, parseLayer } from './layer-rules.ts'
import { arnOf, latest, layerArnOf, parseName } from './names.ts'
import * as operations from './operations/index.ts'
import { policyOf, policyText } from './policy.ts'
import { type LambdaState, policies } from './state.ts'

interface Named {
  readonly FunctionName?: string
  readonly Qualifier?: string
  readonly LayerName?: string
  readonly VersionNumber?: number
  readonly Arn?: string
  readonly Resource?: string
  readonly UUID?: string
}

/** Operations whose permission has another name. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
const actions: Readonly<Record<string, string>> = {
  Invoke: 'InvokeFunction',
  InvokeAsync: 'InvokeFunction',
  InvokeWithResponseStream: 'InvokeFunction',
  GetLayerVersionByArn: 'GetLayerVersion',
}

/** On a function: with its qualifier, and with the policy of what is meant. */
const onFunction =
  (operation: string): AccessRule<LambdaState> =>
  async (context, input: Named & Conditioned) => {
    const { FunctionName, Qualifier } = input
    const reference = parseName(context, FunctionName, Qualifier)
    const { qualifier, ...unqualified } = reference
    const holder = qualifier === latest ? unqualified : reference
    const policy = await context.state.store.read(reader => policyOf(reader, holder))
    return [
      {
        action: `lambda:${actions[operation] ?? operation}`,
        resources: [arnOf(reference)],
        resourceAccount: reference.account,
        conditions: conditionsOf(operation, input),
        ...(policy && { resourcePolicy: policyText(policy) }),
      },
      ...passedRole(operation, input),
    ]
  }

const onLayer =
  (operation: string): AccessRule<LambdaState> =>
  async (context, { LayerName, VersionNumber, Arn }: Named) => {
    const layer = parseLayer(context, Arn ?? LayerName)
    const version = VersionNumber ?? (Arn === undefined ? undefined : Number(Arn.split(':')[7]))
    const policy =
      version === undefined
        ? undefined
        : await context.state.store.read(reader => policies.get(reader, ...layerPolicyKey(layer, version)))
    return [
      {
        action: `lambda:${actions[operation] ?? operation}`,
        resources: [layerArnOf(layer, layer.name, version)],
        resourceAccount: layer.account,
        ...(policy && { resourcePolicy: policyText(policy) }),
      },
    ]
  }

const onResource =
  (operation: string): AccessRule<LambdaState> =>
  async (context, input: Named & Conditioned) => {
    const { region, account } = context
    return [
      {
        action: `lambda:${operation}`,
        resources: [
          input.Resource ?? `arn:aws:lambda:${region}:${account}:event-source-mapping:${input.UUID}`,
        ],
        ...(input.UUID === undefined ? {} : { conditions: await mappedFunction(context, input) }),
      },
    ]
  }

/** A mapping that is yet to be made has no ARN; which function it is for is a condition. */
const createMapping: AccessRule<LambdaState> = async (context, input: Conditioned) => [
  {
    action: 'lambda:CreateEventSourceMapping',
    resources: ['*'],
    conditions: await mappedFunction(context, input),
  },
]

const ruleOf = (operation: string): AccessRule<LambdaState> | undefined => {
  if (/^(?:TagResource|UntagResource|ListTags|(?:Get|Update|Delete)EventSourceMapping)$/.test(operation))
    return onResource(operation)
  if (operation === 'CreateEventSourceMapping') return createMapping
  if (/Layer/.test(operation)) return operation === 'ListLayers' ? undefined : onLayer(operation)
  if (/^(?:ListFunctions|GetAccountSettings|.*EventSourceMappings?|CreateCodeSigningConfig)$/.test(operation))
    return undefined
  return onFunction(operation)
}

/** What each operation needs; those of whole lists know no resources. */
export const access: Readonly<Record<string, AccessRule<LambdaState>>> = Object.fromEntries(
  Object.keys(operations).flatMap(operation => {
    const rule = ruleOf(operation)
    return rule === undefined ? [] : [[operation, rule]]
  }),
)
