import type { Parameter, ParameterHistory, ParameterMetadata } from '@aws-sdk/client-ssm'
import { arnOf } from './names.ts'
import { type Found, labelsOf } from './records.ts'
import { ciphertextOf } from './secure-string.ts'
import type { Scope, VersionRecord } from './state.ts'

function shownValue(scope: Scope, path: string, version: VersionRecord, withDecryption: boolean): string {
  return version.type === 'SecureString' && !withDecryption
    ? ciphertextOf(scope, path, version)
    : version.value
}

/** What GetParameter and its sisters answer. */
export function parameterOf(
  reference: Scope & { readonly path: string; readonly selector?: string },
  { record, version }: Found,
  withDecryption: boolean,
): Parameter {
  const { path, selector } = reference
  return {
    Name: record.name,
    Type: version.type,
    Value: shownValue(reference, path, version, withDecryption),
    Version: version.version,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: new Date(version.modified),
    ARN: arnOf(reference, path),
    DataType: version.dataType,
  }
}

const policiesOf = ({ policies }: VersionRecord): NonNullable<ParameterMetadata['Policies']> =>
  policies.map(({ text, type, status }) => ({ PolicyText: text, PolicyType: type, PolicyStatus: status }))

const described = (version: VersionRecord): Omit<ParameterMetadata, 'Name' | 'ARN'> => ({
  Type: version.type,
  ...(version.keyId === undefined ? {} : { KeyId: version.keyId }),
  LastModifiedDate: new Date(version.modified),
  LastModifiedUser: version.user,
  ...(version.description === undefined ? {} : { Description: version.description }),
  ...(version.allowedPattern === undefined ? {} : { AllowedPattern: version.allowedPattern }),
  Version: version.version,
  Tier: version.tier,
  Policies: policiesOf(version),
  DataType: version.dataType,
})

/** What DescribeParameters answers: everything but the value. */
export const metadataOf = (scope: Scope, path: string, { record, version }: Found): ParameterMetadata => ({
  Name: record.name,
  ARN: arnOf(scope, path),
  ...described(version),
})

/** What GetParameterHistory answers. */
export const historyOf = (
  scope: Scope,
  path: string,
  { record, version }: Found,
  withDecryption: boolean,
): ParameterHistory => ({
  Name: record.name,
  ...described(version),
  Value: shownValue(scope, path, version, withDecryption),
  Labels: labelsOf(record, version.version),
})
