import { createHash } from 'node:crypto'
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Reader } from '../../stores/index.ts'
import { arnOf, latest, layerKeyOf, type Reference } from './names.ts'
import { type AliasRecord, type FunctionRecord, layers, type Scope } from './state.ts'

/** `2026-11-20T12:00:00.000+0000`, as Lambda writes dates that are strings. */
export function timestamp(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000')
}

/** A runtime's version is a hash that AWS does not explain; this one is stable for each runtime. */
export function runtimeVersionArn(region: string, runtime: string): string {
  return `arn:aws:lambda:${region}::runtime:${createHash('sha256').update(runtime).digest('hex')}`
}

/** What lists show of a version. `qualifier` is how it was asked for: the ARN repeats it. */
export function listedFunction(
  reader: Reader,
  scope: Scope,
  record: FunctionRecord,
  qualifier: string | undefined,
): FunctionConfiguration {
  const { name, version, code, configuration } = record
  const { Environment, Layers, VpcConfig, LoggingConfig, SnapStart, ...rest } = configuration
  return {
    ...rest,
    Architectures: [...configuration.Architectures],
    FunctionName: name,
    FunctionArn: arnOf({ ...scopeOf(scope), name, ...(qualifier !== undefined && { qualifier }) }),
    CodeSize: code.size,
    CodeSha256: code.sha256,
    Description: configuration.Description ?? '',
    LastModified: timestamp(record.modified),
    Version: version,
    RevisionId: record.revision,
    PackageType: 'Zip',
    TracingConfig: { Mode: configuration.TracingConfig?.Mode ?? 'PassThrough' },
    EphemeralStorage: configuration.EphemeralStorage ?? { Size: 512 },
    SnapStart: { ApplyOn: SnapStart?.ApplyOn ?? 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}`, ...LoggingConfig },
    ...(Environment && { Environment: { Variables: { ...Environment.Variables } } }),
    ...(Layers && Layers.length > 0 && { Layers: Layers.map(arn => layerOf(reader, arn)) }),
    ...(VpcConfig && {
      VpcConfig: {
        Ipv6AllowedForDualStack: false,
        ...VpcConfig,
        VpcId: VpcConfig.SubnetIds?.length ? 'vpc-00000000' : '',
      },
    }),
  }
}

function scopeOf({ account, region }: Scope): Scope {
  return { account, region }
}

function layerOf(reader: Reader, arn: string): { Arn: string; CodeSize?: number } {
  const record = layers.get(reader, ...layerKeyOf(arn))
  return { Arn: arn, ...(record && { CodeSize: record.code.size }) }
}

/** What GetFunctionConfiguration answers. */
export function functionConfiguration(
  reader: Reader,
  scope: Scope,
  record: FunctionRecord,
  qualifier: string | undefined = record.version === latest ? undefined : record.version,
): FunctionConfiguration {
  return {
    ...listedFunction(reader, scope, record, qualifier),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    RuntimeVersionConfig: {
      RuntimeVersionArn: runtimeVersionArn(scope.region, record.configuration.Runtime ?? ''),
    },
  }
}

/** Answers of writes tell of a work that reads find done. */
export function pending(
  answer: FunctionConfiguration,
  kind: 'created' | 'updated',
  revision: string,
): FunctionConfiguration {
  const { LastUpdateStatus: _status, ...rest } = answer
  const reason = 'The function is being created.'
  if (kind === 'created')
    return {
      ...rest,
      RevisionId: revision,
      State: 'Pending',
      StateReason: reason,
      StateReasonCode: 'Creating',
    }
  return {
    ...rest,
    RevisionId: revision,
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: reason,
    // As recorded; the model does not list it.
    LastUpdateStatusReasonCode: 'Creating' as NonNullable<
      FunctionConfiguration['LastUpdateStatusReasonCode']
    >,
  }
}

/** What the alias operations answer. */
export function aliasConfiguration(reference: Reference, alias: AliasRecord): AliasConfiguration {
  return {
    AliasArn: arnOf({ ...reference, qualifier: alias.name }),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RevisionId: alias.revision,
    ...(alias.weights && { RoutingConfig: { AdditionalVersionWeights: { ...alias.weights } } }),
  }
}
