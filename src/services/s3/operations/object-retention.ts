import type {
  GetObjectRetentionCommandInput,
  ObjectLockRetention,
  PutObjectRetentionCommandInput,
} from '@aws-sdk/client-s3'
import { change } from '../change.ts'
import { accessDenied, invalidArgument, invalidRequest, malformedXml } from '../errors.ts'
import { noObjectLock } from '../objects/object-lock.ts'
import type { Retention } from '../objects/object-record.ts'
import { selectObject } from '../objects/select-object.ts'
import { revise } from '../replication/revise.ts'
import type { Operation } from '../state.ts'

const missing = () => invalidRequest('Bucket is missing Object Lock Configuration')

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html */
export const GetObjectRetention: Operation<
  GetObjectRetentionCommandInput,
  { Retention: ObjectLockRetention }
> = ({ state }, input) =>
  state.store.read(reader => {
    const { bucket, record } = selectObject(reader, input)
    if (!bucket.objectLock) throw missing()
    const { retention } = record
    if (retention === undefined) throw noObjectLock()
    return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.until) } }
  })

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const PutObjectRetention: Operation<PutObjectRetentionCommandInput, object> = (context, input) =>
  change(context, change => {
    const { bucket, key, record } = selectObject(change.writer, input, 'PUT')
    if (!bucket.objectLock) throw missing()
    const wanted = requested(input.Retention)
    if (wanted !== undefined && wanted.until <= context.now)
      throw invalidArgument(
        'The retain until date must be in the future!',
        'RetainUntilDate',
        pacific(wanted.until),
      )
    checkLoosening(record.retention, wanted, context.now, input.BypassGovernanceRetention ?? false)
    const { retention: _, ...rest } = record
    revise(change, bucket, key, wanted === undefined ? rest : { ...rest, retention: wanted })
    return {}
  })

/** `Tue Dec 31 16:00:00 PST 2019`: how S3 repeats a date that it refuses (recorded). */
function pacific(time: number): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/Los_Angeles',
      weekday: 'short',
      month: 'short',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      year: 'numeric',
      hourCycle: 'h23',
      timeZoneName: 'short',
    })
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  )
  const { weekday, month, day, hour, minute, second, timeZoneName, year } = parts
  return `${weekday} ${month} ${day} ${hour}:${minute}:${second} ${timeZoneName} ${year}`
}

/** An empty document takes the retention away. */
function requested(retention: ObjectLockRetention | undefined): Retention | undefined {
  const { Mode: mode, RetainUntilDate: until } = retention ?? {}
  if (mode === undefined && until === undefined) return undefined
  if (until === undefined || (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE')) throw malformedXml()
  return { mode, until: until.getTime() }
}

/** Governance may be changed by those who may bypass it, compliance by nobody; both may be prolonged. */
function checkLoosening(
  before: Retention | undefined,
  wanted: Retention | undefined,
  now: number,
  bypass: boolean,
): void {
  if (before === undefined || before.until <= now) return
  const stricter = wanted !== undefined && wanted.until >= before.until && wanted.mode === before.mode
  if (stricter || (before.mode === 'GOVERNANCE' && bypass)) return
  throw accessDenied('Access Denied because object protected by object lock.')
}
