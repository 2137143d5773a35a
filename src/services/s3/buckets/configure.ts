import type { Writer } from '../../../stores/index.ts'
import { malformedXml, noSuchConfiguration } from '../errors.ts'
import type { S3Context } from '../state.ts'
import { requireBucket } from './bucket.ts'
import type { BucketRecord } from './bucket-record.ts'
import { type ConfigurationKind, configuration, setConfiguration } from './configuration.ts'

/** What every operation on a bucket's configuration names. */
export interface Configured {
  readonly Bucket: string | undefined
  readonly ExpectedBucketOwner?: string | undefined
}

/** The missing document's error: its code and text. */
export type Absent = readonly [code: string, message: string]

/** Reads one configuration; undefined where there is none. */
export async function readConfiguration<Value>(
  context: S3Context,
  { Bucket, ExpectedBucketOwner }: Configured,
  kind: ConfigurationKind,
  id?: string,
): Promise<Value | undefined> {
  return await context.state.store.read(reader => {
    const { name } = requireBucket(reader, Bucket, ExpectedBucketOwner)
    return configuration<Value>(reader, name, kind, id)
  })
}

/** Reads a configuration that has to be there. */
export async function requireConfiguration<Value>(
  context: S3Context,
  input: Configured,
  kind: ConfigurationKind,
  [code, message]: Absent,
): Promise<Value> {
  const value = await readConfiguration<Value>(context, input, kind)
  if (value === undefined) throw noSuchConfiguration(code, message, input.Bucket ?? '')
  return value
}

/** Replaces a configuration by what `documentOf` makes of the bucket; undefined forgets it. */
export async function writeConfiguration(
  context: S3Context,
  { Bucket, ExpectedBucketOwner }: Configured,
  kind: ConfigurationKind,
  documentOf: (bucket: BucketRecord, writer: Writer) => unknown,
  id?: string,
): Promise<void> {
  await context.state.store.transaction(writer => {
    const bucket = requireBucket(writer, Bucket, ExpectedBucketOwner)
    setConfiguration(writer, bucket.name, kind, documentOf(bucket, writer), id)
  })
}

/** Forgets a configuration; that there is none is no error. */
export async function deleteConfiguration(
  context: S3Context,
  input: Configured,
  kind: ConfigurationKind,
): Promise<Record<string, never>> {
  await writeConfiguration(context, input, kind, () => undefined)
  return {}
}

/** Refuses a request whose document does not have what the schema wants. */
export function required<Value>(value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw malformedXml()
  return value
}

/** Refuses a value that is none of the schema's. */
export function oneOf<Value extends string>(value: string | undefined, values: readonly Value[]): Value {
  if (!(values as readonly string[]).includes(value ?? '')) throw malformedXml()
  return value as Value
}
