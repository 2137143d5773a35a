import { type ManagedPolicySource, managedPolicySources } from './aws-managed-policy-sources.ts'
import { stableId } from './unique-ids.ts'

/** A managed policy that AWS owns. */
export interface AwsManagedPolicy {
  readonly arn: string
  readonly policyName: string
  readonly policyId: string
  readonly path: string
  readonly description: string
  /** JSON text. */
  readonly document: string
}

/** AWS's commonly used managed policies, by ARN. */
export const awsManagedPolicies: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  managedPolicySources.map(source => {
    const policy = managed(source)
    return [policy.arn, policy]
  }),
)

/** One of AWS's own policies; undefined where we do not know it. */
export function awsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  return awsManagedPolicies.get(arn)
}

function managed([path, policyName, description, statements]: ManagedPolicySource): AwsManagedPolicy {
  const document = {
    Version: '2012-10-17',
    Statement: statements.map(([actions, resources, condition]) => ({
      Effect: 'Allow',
      ...(actions.startsWith('!')
        ? { NotAction: actions.slice(1).split(' ') }
        : { Action: actions.split(' ') }),
      Resource: resources === '*' ? '*' : resources.split(' '),
      ...(condition === undefined ? {} : { Condition: condition }),
    })),
  }
  return {
    arn: `arn:aws:iam::aws:policy${path}${policyName}`,
    policyName,
    policyId: stableId('ANPA', policyName),
    path,
    description,
    document: JSON.stringify(document),
  }
}
