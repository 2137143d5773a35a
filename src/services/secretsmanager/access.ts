import type { AccessRequest, AccessRule, OperationContext } from '../../aws/index.ts'
import { AwsError } from '../../aws/index.ts'
import { arnBase, findSecret } from './secret-ids.ts'
import type { SecretsState } from './state.ts'

/** What a caller may be allowed by, out of the request. */
interface Named {
  readonly SecretId?: string
  readonly VersionId?: string
  readonly VersionStage?: string
  readonly RotationLambdaARN?: string
  readonly RecoveryWindowInDays?: number
  readonly ForceDeleteWithoutRecovery?: boolean
  readonly BlockPublicPolicy?: boolean
}

const given = <Value>(key: string, value: Value | undefined): Record<string, Value> =>
  value === undefined ? {} : { [key]: value }

/** Keys: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
function conditionsOf(
  input: Named,
  tags: Readonly<Record<string, string>>,
): Record<string, string | number | boolean> {
  return {
    ...given('secretsmanager:SecretId', input.SecretId),
    ...given('secretsmanager:VersionId', input.VersionId),
    ...given('secretsmanager:VersionStage', input.VersionStage),
    ...given('secretsmanager:RotationLambdaARN', input.RotationLambdaARN),
    ...given('secretsmanager:RecoveryWindowInDays', input.RecoveryWindowInDays),
    ...given('secretsmanager:ForceDeleteWithoutRecovery', input.ForceDeleteWithoutRecovery),
    ...given('secretsmanager:BlockPublicPolicy', input.BlockPublicPolicy),
    ...Object.fromEntries(
      Object.entries(tags).flatMap(([key, value]) => [
        [`secretsmanager:ResourceTag/${key}`, value],
        [`aws:ResourceTag/${key}`, value],
      ]),
    ),
  }
}

/** The secret with its own policy; an id that names none is judged as it is written. */
async function onSecret(
  context: OperationContext<SecretsState>,
  operation: string,
  input: Named,
): Promise<AccessRequest> {
  const action = `secretsmanager:${operation}`
  const id = input.SecretId ?? ''
  const located = await context.state.store.read(reader => {
    try {
      return findSecret(reader, id, context)
    } catch (error) {
      // A name that AWS refuses is refused by the operation, in its own words.
      if (error instanceof AwsError) return undefined
      throw error
    }
  })
  if (located === undefined) {
    const resources = [id.startsWith('arn:') ? id : arnBase(context, id)]
    return { action, resources, conditions: conditionsOf(input, {}) }
  }
  const { scope, secret } = located
  return {
    action,
    resources: [secret.arn],
    conditions: {
      ...conditionsOf(input, secret.tags ?? {}),
      'secretsmanager:resource/AllowRotationLambdaArn': secret.rotation?.functionArn ?? '',
    },
    ...(secret.policy === undefined ? {} : { resourcePolicy: JSON.parse(secret.policy) }),
    ...(scope.account === context.account ? {} : { resourceAccount: scope.account }),
  }
}

const rule =
  (operation: string): AccessRule<SecretsState> =>
  async (context, input: Named) => [await onSecret(context, operation, input)]

const onSecrets = [
  'CancelRotateSecret',
  'DeleteResourcePolicy',
  'DeleteSecret',
  'DescribeSecret',
  'GetResourcePolicy',
  'GetSecretValue',
  'ListSecretVersionIds',
  'PutResourcePolicy',
  'PutSecretValue',
  'RemoveRegionsFromReplication',
  'ReplicateSecretToRegions',
  'RestoreSecret',
  'RotateSecret',
  'StopReplicationToReplica',
  'TagResource',
  'UntagResource',
  'UpdateSecret',
  'UpdateSecretVersionStage',
  'ValidateResourcePolicy',
] as const

/** What each operation needs; GetRandomPassword and ListSecrets, which are absent, know no resources. */
export const access: Readonly<Record<string, AccessRule<SecretsState>>> = {
  ...Object.fromEntries(onSecrets.map(operation => [operation, rule(operation)])),
  CreateSecret: (
    context,
    input: {
      Name?: string
      Description?: string
      KmsKeyId?: string
      Tags?: { Key?: string; Value?: string }[]
    },
  ) => [
    {
      action: 'secretsmanager:CreateSecret',
      resources: [arnBase(context, input.Name ?? '')],
      conditions: {
        ...given('secretsmanager:Name', input.Name),
        ...given('secretsmanager:Description', input.Description),
        ...given('secretsmanager:KmsKeyId', input.KmsKeyId),
        ...Object.fromEntries(
          (input.Tags ?? []).map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value ?? '']),
        ),
      },
    },
  ],
  BatchGetSecretValue: async (context, { SecretIdList = [] }: { SecretIdList?: string[] }) => [
    { action: 'secretsmanager:BatchGetSecretValue', resources: ['*'] },
    ...(await Promise.all(SecretIdList.map(id => onSecret(context, 'GetSecretValue', { SecretId: id })))),
  ],
}
