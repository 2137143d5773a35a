import { createHash } from 'node:crypto'
import { AwsError } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import type { Finding } from '../project/index.ts'

/** Calls one operation as root. */
export type CallAsRoot = (service: string, operation: string, input: object) => Promise<unknown>

/** One thing to be made, and which error says that it is there already. */
interface Creation {
  readonly kind: keyof Config['resources']
  readonly service: string
  readonly operation: string
  readonly input: object
  readonly exists: string
}

type Described = Readonly<Record<string, object | string>>

/** What the configuration's `resources` ask for, as calls of the services' own operations. */
function creationsOf({ resources }: Pick<Config, 'resources'>): Creation[] {
  const { buckets, tables, queues, topics, parameters, secrets, roles } = resources
  const make = (
    kind: keyof Config['resources'],
    [service, operation, exists]: readonly [string, string, string],
    described: Described | readonly string[] | undefined,
    inputOf: (name: string, input: object | string) => object,
  ): Creation[] => {
    const entries = Array.isArray(described)
      ? described.map((name: string) => [name, {}] as const)
      : Object.entries(described ?? {})
    return entries.map(([name, input]) => ({ kind, service, operation, exists, input: inputOf(name, input) }))
  }
  const named = (member: string) => (name: string, input: object | string) => ({
    [member]: name,
    ...(input as object),
  })
  const valued = (
    name: string,
    member: string,
    input: object | string,
    text: string,
    extra: object = {},
  ) => ({
    [member]: name,
    ...extra,
    ...(typeof input === 'string' ? { [text]: input } : input),
  })
  // A folder is mirrored as long as the simulator runs, not made once.
  const values = typeof parameters === 'string' ? undefined : parameters
  return [
    ...make('buckets', ['s3', 'CreateBucket', 'BucketAlreadyOwnedByYou'], buckets, named('Bucket')),
    ...make('tables', ['dynamodb', 'CreateTable', 'ResourceInUseException'], tables, named('TableName')),
    ...make('queues', ['sqs', 'CreateQueue', 'QueueNameExists'], queues, named('QueueName')),
    ...make('topics', ['sns', 'CreateTopic', ''], topics, named('Name')),
    ...make('parameters', ['ssm', 'PutParameter', 'ParameterAlreadyExists'], values, (name, input) =>
      valued(name, 'Name', input, 'Value', { Type: 'String' }),
    ),
    ...make(
      'secrets',
      ['secretsmanager', 'CreateSecret', 'ResourceExistsException'],
      secrets,
      // SDKs fill the token in; this one makes a second start the same request.
      (name, input) =>
        valued(name, 'Name', input, 'SecretString', {
          ClientRequestToken: createHash('sha256').update(name).digest('hex').slice(0, 32),
        }),
    ),
    ...Object.entries(roles ?? {}).flatMap(([name, role]) => roleCreations(name, role)),
  ]
}

/** A role that functions may assume, with its policies. */
function roleCreations(name: string, role: Readonly<Record<string, unknown>>): Creation[] {
  const { assumeRolePolicy = lambdaTrust, policies = {}, managedPolicies = [] } = role
  const creation = (operation: string, input: object): Creation => ({
    kind: 'roles',
    service: 'iam',
    operation,
    exists: 'EntityAlreadyExists',
    input: { RoleName: name, ...input },
  })
  const text = (document: unknown) => (typeof document === 'string' ? document : JSON.stringify(document))
  return [
    creation('CreateRole', { AssumeRolePolicyDocument: text(assumeRolePolicy) }),
    ...Object.entries(policies as object).map(([PolicyName, document]) =>
      creation('PutRolePolicy', { PolicyName, PolicyDocument: text(document) }),
    ),
    ...(managedPolicies as string[]).map(PolicyArn => creation('AttachRolePolicy', { PolicyArn })),
  ]
}

const lambdaTrust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}

/**
 * Makes what is missing, in order. What no service here can make is a finding, and so is what a service refused:
 * the simulator starts without it and says so.
 */
export async function createResources(
  config: Pick<Config, 'resources'>,
  call: CallAsRoot,
  implemented: (service: string, operation: string) => boolean,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const missing = new Set<string>()
  for (const { kind, service, operation, input, exists } of creationsOf(config)) {
    if (!implemented(service, operation)) {
      missing.add(`\`resources.${kind}\` needs ${operation} of ${service}`)
      continue
    }
    try {
      await call(service, operation, input)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      if (error.code === exists) continue
      const message = `${operation} ${JSON.stringify(input)} was refused: ${error.code}: ${error.message}`
      findings.push({ severity: 'error', code: 'resource-refused', message })
    }
  }
  for (const need of missing) {
    findings.push({
      severity: 'warning',
      code: 'unsupported-resource',
      message: `${need}, which Lambdarium does not have yet; nothing was made`,
    })
  }
  return findings
}
