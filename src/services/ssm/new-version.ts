import type { PutParameterRequest } from '@aws-sdk/client-ssm'
import {
  hierarchyTypeMismatch,
  invalidAllowedPattern,
  parameterPatternMismatch,
  validationException,
} from './errors.ts'
import { parsePolicies } from './parameter-policies.ts'
import type { ParameterPolicy, VersionRecord } from './state.ts'

const dataTypes = ['text', 'aws:ec2:image', 'aws:ssm:integration']
const advancedPage =
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'

/** The whole value has to match, as Java's `matches` would have it. */
function checkPattern(pattern: string, value: string): void {
  let compiled: RegExp
  try {
    compiled = new RegExp(`^(?:${pattern})$`, 's')
  } catch (error) {
    throw invalidAllowedPattern(error)
  }
  if (!compiled.test(value)) throw parameterPatternMismatch(pattern)
}

/** The tier that is meant, once Intelligent-Tiering has decided by size and policies. */
function tierOf(
  requested: string,
  value: string,
  policies: readonly ParameterPolicy[],
  before: VersionRecord | undefined,
): VersionRecord['tier'] {
  const size = Buffer.byteLength(value)
  if (size > 8192)
    throw validationException(
      `Advanced tier parameters support a maximum parameter value of 8192 characters. For more information, see ${advancedPage}`,
    )
  if (requested === 'Intelligent-Tiering')
    return before?.tier === 'Advanced' || size > 4096 || policies.length > 0 ? 'Advanced' : 'Standard'
  if (requested === 'Advanced') return 'Advanced'
  if (before?.tier === 'Advanced')
    throw validationException(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    )
  if (size > 4096)
    throw validationException(
      `Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see ${advancedPage}`,
    )
  if (policies.length > 0)
    throw validationException(
      `Parameter policies are supported by the advanced-parameter tier only. For more information, see ${advancedPage}`,
    )
  return 'Standard'
}

const optional = <Key extends string>(
  key: Key,
  value: string | undefined,
): { readonly [K in Key]?: string } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [K in Key]?: string }

/**
 * Checks what PutParameter was given and makes the version out of it and of the version before, whose description,
 * pattern and tier stay where nothing new is said.
 */
export function newVersion(
  input: PutParameterRequest,
  before: VersionRecord | undefined,
  defaultTier: string,
  stamp: { readonly now: number; readonly user: string },
): VersionRecord {
  const value = input.Value ?? ''
  // The published model allows it, the service does not.
  if (value === '')
    throw validationException(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    )
  const type = input.Type ?? before?.type
  if (type === undefined)
    throw validationException('A parameter type is required when you create a parameter.')
  if (before !== undefined && type !== before.type) throw hierarchyTypeMismatch()
  const dataType = input.DataType ?? before?.dataType ?? 'text'
  if (!dataTypes.includes(dataType))
    throw validationException(
      `The following data type is not supported: ${dataType} (Data type names are all lowercase.)`,
    )
  if (/\{\{.*\}\}/s.test(value))
    throw validationException(
      'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.',
    )
  const allowedPattern = input.AllowedPattern ?? before?.allowedPattern
  if (allowedPattern) checkPattern(allowedPattern, value)
  const policies =
    input.Policies === undefined || input.Policies === ''
      ? (before?.policies ?? [])
      : parsePolicies(input.Policies, stamp.now)
  const tier = tierOf(input.Tier ?? before?.tier ?? defaultTier, value, policies, before)
  const keyId = type === 'SecureString' ? (input.KeyId ?? before?.keyId ?? 'alias/aws/ssm') : undefined
  return {
    version: (before?.version ?? 0) + 1,
    type,
    value,
    ...optional('keyId', keyId),
    ...optional('description', input.Description ?? before?.description),
    ...optional('allowedPattern', allowedPattern),
    tier,
    policies,
    dataType,
    modified: stamp.now,
    user: stamp.user,
  }
}
