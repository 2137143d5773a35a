import { malformedXml } from '../errors.ts'
import type { S3Context } from '../state.ts'
import { requireBucket } from './bucket.ts'
import { type ConfigurationKind, configuration, configurationsOf } from './configuration.ts'
import { idMismatch, noSuchConfigurationId } from './configuration-errors.ts'
import { type Configured, required, writeConfiguration } from './configure.ts'

/** What an operation on one of several configurations names. */
export interface Identified extends Configured {
  readonly Id: string | undefined
}

/** Configurations in one answer. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html */
const pageSize = 100

/** Keeps one of several configurations under its id, which the document repeats. */
export async function putIdentified<Value extends { readonly Id?: string | undefined }>(
  context: S3Context,
  input: Identified,
  kind: ConfigurationKind,
  given: Value | undefined,
  check?: (value: Value) => void,
): Promise<object> {
  const value = required(given)
  // Each kind has its own words for it (recorded).
  if (value.Id !== input.Id) throw kind === 'inventory' ? idMismatch() : malformedXml()
  check?.(value)
  await writeConfiguration(context, input, kind, () => value, input.Id)
  return {}
}

/** One of several configurations. */
export async function requireIdentified<Value>(
  context: S3Context,
  { Bucket, ExpectedBucketOwner, Id }: Identified,
  kind: ConfigurationKind,
): Promise<Value> {
  return await context.state.store.read(reader => {
    const { name } = requireBucket(reader, Bucket, ExpectedBucketOwner)
    const value = configuration<Value>(reader, name, kind, Id)
    if (value === undefined) throw noSuchConfigurationId()
    return value
  })
}

/** Forgets one of several configurations; S3 refuses where there is none (recorded). */
export async function deleteIdentified(
  context: S3Context,
  input: Identified,
  kind: ConfigurationKind,
): Promise<object> {
  await writeConfiguration(
    context,
    input,
    kind,
    ({ name }, writer) => {
      if (configuration(writer, name, kind, input.Id) === undefined) throw noSuchConfigurationId()
      return undefined
    },
    input.Id,
  )
  return {}
}

/** A page of the configurations of one kind, sorted by id. */
export interface IdentifiedPage<Value> {
  readonly values: Value[] | undefined
  readonly IsTruncated: boolean
  readonly ContinuationToken?: string
  readonly NextContinuationToken?: string
}

/** Lists the configurations of one kind. */
export async function listIdentified<Value extends { readonly Id: string | undefined }>(
  context: S3Context,
  input: Configured & { readonly ContinuationToken?: string | undefined },
  kind: ConfigurationKind,
): Promise<IdentifiedPage<Value>> {
  const { Bucket, ExpectedBucketOwner, ContinuationToken: token } = input
  const all = await context.state.store.read(reader => {
    const { name } = requireBucket(reader, Bucket, ExpectedBucketOwner)
    return configurationsOf<Value>(reader, name, kind)
  })
  const after = token === undefined ? '' : Buffer.from(token, 'base64url').toString()
  const rest = all.filter(({ Id = '' }) => Id > after)
  const values = rest.slice(0, pageSize)
  const last = values.at(-1)?.Id
  return {
    values: values.length === 0 ? undefined : values,
    IsTruncated: rest.length > pageSize,
    ...(token !== undefined && { ContinuationToken: token }),
    ...(rest.length > pageSize &&
      last !== undefined && { NextContinuationToken: Buffer.from(last).toString('base64url') }),
  }
}
