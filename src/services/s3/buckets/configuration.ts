import { type JsonTable, jsonTable, type Reader, type Writer } from '../../../stores/index.ts'

/** The sub-resources of a bucket that are kept as documents of their own, by the name of their query parameter. */
export type ConfigurationKind =
  | 'accelerate'
  | 'analytics'
  | 'cors'
  | 'encryption'
  | 'intelligent-tiering'
  | 'inventory'
  | 'lifecycle'
  | 'logging'
  | 'metrics'
  | 'notification'
  | 'object-lock'
  | 'policy'
  | 'publicAccessBlock'
  | 'replication'
  | 'requestPayment'
  | 'tagging'
  | 'website'

/** Key: bucket, kind, and an id where a bucket may have several (analytics, inventory, metrics). */
const configurations: JsonTable<unknown> = jsonTable<unknown>('s3/configuration')

/** A bucket's configuration of one kind, as its operation was given it. */
export function configuration<Value>(
  reader: Reader,
  bucket: string,
  kind: ConfigurationKind,
  id = '',
): Value | undefined {
  return configurations.get(reader, bucket, kind, id) as Value | undefined
}

/** All configurations of one kind that have ids, sorted by id. */
export function configurationsOf<Value>(reader: Reader, bucket: string, kind: ConfigurationKind): Value[] {
  return Array.from(configurations.under(reader, bucket, kind), ([, value]) => value as Value)
}

/** Keeps a configuration, or forgets it where `value` is undefined. */
export function setConfiguration(
  writer: Writer,
  bucket: string,
  kind: ConfigurationKind,
  value: unknown,
  id = '',
): void {
  if (value === undefined) configurations.remove(writer, bucket, kind, id)
  else configurations.put(writer, value, bucket, kind, id)
}

/** Forgets everything that was configured for a bucket. */
export function forgetConfigurations(writer: Writer, bucket: string): void {
  for (const [key] of Array.from(configurations.under(writer, bucket))) configurations.remove(writer, ...key)
}
