import type { PutParameterRequest } from '@aws-sdk/client-ssm'
import type { AccessRule, OperationContext } from '../../aws/index.ts'
import { arnOf, parseReference, type Reference } from './names.ts'
import { parameters, type Scope, type SsmState } from './state.ts'

type Access = Awaited<ReturnType<AccessRule<SsmState>>>

/** Operations on parameters are allowed on their ARNs. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
const resourceOf = (reference: Reference): string => reference.arn ?? arnOf(reference, reference.path)

/** For operations that name parameters of the caller's own account. */
const onNames =
  (operation: string, namesOf: (input: never) => readonly (string | undefined)[]): AccessRule<SsmState> =>
  (context, input) =>
    Promise.all(namesOf(input).map(name => reading(context, operation, name)))

/** `ssm:resourceTag/…` and its global twin. */
function tagKeys(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => [
      [`ssm:resourceTag/${key}`, value],
      [`aws:ResourceTag/${key}`, value],
    ]),
  )
}

/** A parameter of another account brings the policy that shares it. */
async function reading(
  context: OperationContext<SsmState>,
  operation: string,
  name: string | undefined,
): Promise<Access[number]> {
  const reference = parseReference(name ?? '', context)
  const { account, region, path } = reference
  const record = await context.state.store.read(reader => parameters.get(reader, account, region, path))
  const request = {
    action: `ssm:${operation}`,
    resources: [resourceOf(reference)],
    ...(Object.keys(record?.tags ?? {}).length === 0 ? {} : { conditions: tagKeys(record?.tags ?? {}) }),
  }
  if (account === context.account) return request
  const [share] = record?.shares ?? []
  const shared = { ...request, resourceAccount: account }
  return share === undefined ? shared : { ...shared, resourcePolicy: JSON.parse(share.text) }
}

const onResource =
  (operation: string): AccessRule<SsmState> =>
  (context, { ResourceId }: { ResourceId?: string }) => [
    { action: `ssm:${operation}`, resources: [resourceOf(parseReference(ResourceId ?? '', context))] },
  ]

const onArn =
  (operation: string): AccessRule<SsmState> =>
  (_context, { ResourceArn }: { ResourceArn?: string }) => [
    { action: `ssm:${operation}`, resources: [ResourceArn ?? '*'] },
  ]

const onSetting =
  (operation: string): AccessRule<SsmState> =>
  ({ account, region }: Scope, { SettingId = '' }: { SettingId?: string }) => [
    {
      action: `ssm:${operation}`,
      resources: [
        SettingId.startsWith('arn:')
          ? SettingId
          : `arn:aws:ssm:${region}:${account}:servicesetting${SettingId}`,
      ],
    },
  ]

const oneName = ({ Name }: { Name?: string }): readonly (string | undefined)[] => [Name]
const manyNames = ({ Names }: { Names?: string[] }): readonly (string | undefined)[] => Names ?? []

function requestTags(tags: PutParameterRequest['Tags']): Record<string, string | readonly string[]> {
  if (tags === undefined) return {}
  const pairs = tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value] as const)
  return { ...Object.fromEntries(pairs), 'aws:TagKeys': tags.map(({ Key = '' }) => Key) }
}

/** What each operation needs; DescribeParameters, which is absent, knows no resources. */
export const access: Readonly<Record<string, AccessRule<SsmState>>> = {
  PutParameter: async (context, input: PutParameterRequest) => [
    {
      action: 'ssm:PutParameter',
      resources: [resourceOf(parseReference(input.Name ?? '', context))],
      conditions: {
        ...(await reading(context, 'PutParameter', input.Name)).conditions,
        ...requestTags(input.Tags),
        'ssm:Overwrite': input.Overwrite ?? false,
        ...(input.Policies === undefined ? {} : { 'ssm:Policies': input.Policies }),
      },
    },
  ],
  GetParameter: async (context, { Name }: { Name?: string }) => [
    await reading(context, 'GetParameter', Name),
  ],
  GetParameters: (context, { Names = [] }: { Names?: string[] }) =>
    Promise.all(Names.map(name => reading(context, 'GetParameters', name))),
  GetParameterHistory: async (context, { Name }: { Name?: string }) => [
    await reading(context, 'GetParameterHistory', Name),
  ],
  GetParametersByPath: (context, { Path = '', Recursive }: { Path?: string; Recursive?: boolean }) => [
    {
      action: 'ssm:GetParametersByPath',
      resources: [arnOf(context, Path.replace(/\/$/, ''))],
      conditions: { 'ssm:Recursive': Recursive ?? false },
    },
  ],
  DeleteParameter: onNames('DeleteParameter', oneName),
  DeleteParameters: onNames('DeleteParameters', manyNames),
  LabelParameterVersion: onNames('LabelParameterVersion', oneName),
  UnlabelParameterVersion: onNames('UnlabelParameterVersion', oneName),
  AddTagsToResource: onResource('AddTagsToResource'),
  RemoveTagsFromResource: onResource('RemoveTagsFromResource'),
  ListTagsForResource: onResource('ListTagsForResource'),
  PutResourcePolicy: onArn('PutResourcePolicy'),
  GetResourcePolicies: onArn('GetResourcePolicies'),
  DeleteResourcePolicy: onArn('DeleteResourcePolicy'),
  GetServiceSetting: onSetting('GetServiceSetting'),
  UpdateServiceSetting: onSetting('UpdateServiceSetting'),
  ResetServiceSetting: onSetting('ResetServiceSetting'),
}
