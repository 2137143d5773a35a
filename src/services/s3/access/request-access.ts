import type { AccessRequest, AccessRule } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { findVersion, newest } from '../objects/versions.ts'
import type { S3Context, S3State } from '../state.ts'
import { resourcePolicy } from './resource-policy.ts'

/** A rule of S3. */
export type Rule = AccessRule<S3State>
export type Conditions = Exclude<AccessRequest['conditions'], undefined>

/** What is to be done with which bucket or object. */
export interface Wanted {
  readonly action: string
  readonly bucket: string | undefined
  /** Absent: the bucket itself. */
  readonly key?: string | undefined
  readonly version?: string | undefined
  /** Whether the object has to be there: who may not list the bucket is not told that it is not. */
  readonly reads?: boolean
  readonly conditions?: Conditions
}

/** Turns what is wanted into the permission that it needs, with the policies that speak about it. */
export function requestAccess(
  context: Pick<S3Context, 'state' | 'principal'>,
  wanted: Wanted,
): AccessRequest | Promise<AccessRequest> {
  return context.state.store.read(reader => accessIn(reader, context.principal, wanted))
}

/** As `requestAccess`, inside a read. */
export function accessIn(reader: Reader, principal: S3Context['principal'], wanted: Wanted): AccessRequest {
  const bucket = requireBucket(reader, wanted.bucket)
  const arn = `arn:aws:s3:::${bucket.name}`
  const { action, key, version, conditions } = wanted
  const resources = [key === undefined ? arn : `${arn}/${key}`]
  // The owner needs no permission; nothing is worth reading for that.
  if (principal.kind === 'root' && principal.account === bucket.account) return { action, resources }
  const record =
    key === undefined
      ? undefined
      : version === undefined
        ? newest(reader, bucket.name, key)
        : findVersion(reader, bucket.name, key, version)
  const common = {
    resourceAccount: bucket.account,
    resourcePolicy: resourcePolicy(
      reader,
      bucket,
      key === undefined || record === undefined ? undefined : { key, record },
    ),
  }
  if (wanted.reads && (record === undefined || record.marker))
    return { action: 's3:ListBucket', resources: [arn], conditions: { 's3:prefix': key ?? '' }, ...common }
  return { action, resources, conditions: { ...existingTags(record), ...conditions }, ...common }
}

function existingTags(record: ObjectRecord | undefined): Conditions {
  return Object.fromEntries(
    (record?.tags ?? []).map(([name, value]) => [`s3:ExistingObjectTag/${name}`, value]),
  )
}
