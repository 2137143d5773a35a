import { AwsError } from '../../../aws/index.ts'
import type { S3EventType } from '../events.ts'

/** One event as an engine told it. */
export interface ToldEvent {
  readonly type: S3EventType
  readonly bucket: string
  readonly key: string
  readonly size: number | undefined
  readonly eTag: string | undefined
  readonly versionId: string | undefined
  readonly time: number | undefined
  readonly requestId: string | undefined
  readonly principalId: string
  readonly sourceIp: string
}

/** What a notification holds: the events that S3 has too, and the names of others. */
export interface ToldEvents {
  readonly events: readonly ToldEvent[]
  readonly unknown: readonly string[]
}

/**
 * Engines' names for S3's events. Ceph: https://docs.ceph.com/en/latest/radosgw/s3-notification-compatibility/; MinIO:
 * https://min.io/docs/minio/linux/administration/monitoring/bucket-notifications.html. Names of S3 itself stay.
 */
const names: Readonly<Record<string, S3EventType>> = {
  'ObjectCreated:PutTagging': 'ObjectTagging:Put',
  'ObjectCreated:DeleteTagging': 'ObjectTagging:Delete',
  'ObjectLifecycle:Expiration:Current': 'LifecycleExpiration:Delete',
  'ObjectLifecycle:Expiration:DeleteMarker': 'LifecycleExpiration:DeleteMarkerCreated',
  'ObjectLifecycle:Expiration:NonCurrent': 'LifecycleExpiration:Delete',
}
const ours: ReadonlySet<string> = new Set<S3EventType>([
  'ObjectCreated:Put',
  'ObjectCreated:Post',
  'ObjectCreated:Copy',
  'ObjectCreated:CompleteMultipartUpload',
  'ObjectRemoved:Delete',
  'ObjectRemoved:DeleteMarkerCreated',
  'ObjectTagging:Put',
  'ObjectTagging:Delete',
  'ObjectAcl:Put',
  'ObjectRestore:Post',
  'ObjectRestore:Completed',
  'ObjectRestore:Delete',
  'LifecycleExpiration:Delete',
  'LifecycleExpiration:DeleteMarkerCreated',
  'LifecycleTransition',
])

interface EngineRecord {
  readonly eventName?: string
  readonly eventSource?: string
  readonly eventTime?: string
  readonly userIdentity?: { readonly principalId?: string }
  readonly requestParameters?: { readonly sourceIPAddress?: string }
  readonly responseElements?: Readonly<Record<string, string>>
  readonly s3?: {
    readonly bucket?: { readonly name?: string }
    readonly object?: {
      readonly key?: string
      readonly size?: number | string
      readonly eTag?: string
      readonly etag?: string
      readonly versionId?: string
    }
  }
}

/** Where a record holds text, if it holds anything. */
const texts: readonly string[] = `eventName eventSource eventTime userIdentity.principalId
  requestParameters.sourceIPAddress responseElements.x-amz-request-id s3.bucket.name s3.object.key s3.object.eTag
  s3.object.etag s3.object.versionId`.split(/\s+/)

function checked(record: unknown): EngineRecord {
  for (const path of texts) {
    const value = path
      .split('.')
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], record)
    if (value !== undefined && value !== null && typeof value !== 'string')
      throw malformed(`${path} of a record is no text`)
  }
  return (record ?? {}) as EngineRecord
}

const malformed = (why: string): AwsError =>
  new AwsError('InvalidRequest', `This is no notification of an S3 engine: ${why}`, { statusCode: 400 })

/** Ceph writes keys as they are; MinIO and S3 as forms write them. */
function keyOf(text: string, source: string): string {
  if (source === 'ceph:s3') return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw malformed(`the key ${text} is not encoded (${String(cause)})`)
  }
}

const present = (text: string | null | undefined): string | undefined =>
  text === undefined || text === null || text === '' || text === 'null' ? undefined : text

function toldOf(record: EngineRecord, type: S3EventType): ToldEvent {
  const { bucket, object } = record.s3 ?? {}
  if (!bucket?.name || !object?.key) throw malformed('a record names no bucket or no key')
  const time = Date.parse(record.eventTime ?? '')
  const size = Number(object.size)
  return {
    type,
    bucket: bucket.name,
    key: keyOf(object.key, record.eventSource ?? ''),
    size: object.size === undefined || object.size === '' || Number.isNaN(size) ? undefined : size,
    eTag: present((object.eTag ?? object.etag)?.replaceAll('"', '')),
    versionId: present(object.versionId),
    time: Number.isNaN(time) ? undefined : time,
    requestId: present(record.responseElements?.['x-amz-request-id']),
    principalId: record.userIdentity?.principalId ?? '',
    sourceIp: (record.requestParameters?.sourceIPAddress ?? '').replace(/^([\d.]+):\d+$/, '$1'),
  }
}

/** Reads what Ceph's gateway or MinIO posts to a webhook. */
export function readRecords(body: Uint8Array): ToldEvents {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(body).toString())
  } catch (cause) {
    throw malformed(`the body is no JSON (${String(cause)})`)
  }
  const records = (parsed as { Records?: unknown } | null)?.Records
  if (!Array.isArray(records)) throw malformed('it has no Records')
  const events: ToldEvent[] = []
  const unknown: string[] = []
  for (const record of records.map(checked)) {
    const name = (record.eventName ?? '').replace(/^s3:/, '')
    const type = ours.has(name) ? (name as S3EventType) : names[name]
    if (type === undefined) unknown.push(name)
    else events.push(toldOf(record, type))
  }
  return { events, unknown }
}
