import { AwsError } from '../../../aws/index.ts'
import type { Functions, InvokingService } from '../../../ports/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import type { S3Context } from '../state.ts'
import type { StoredNotifications } from './notification-configuration.ts'

/** What S3 says of a queue and of a topic that is not there; the first is recorded, the second is what it says of topics
 * that do not let it in: https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html */
const missing: Readonly<Record<'queue' | 'topic', string>> = {
  queue: 'The destination queue does not exist',
  topic: 'Permissions on the destination topic do not allow S3 to publish notifications from this bucket',
}

/**
 * Refuses destinations that are not there, as S3 does with a trial message; functions are asked by a dry run. The texts
 * are recorded. There are no queues and topics here: `x-amz-skip-destination-validation` keeps them all the same.
 */
export async function checkDestinations(
  { state: { functions }, log }: S3Context,
  { name, account }: BucketRecord,
  { entries }: StoredNotifications,
): Promise<void> {
  const detail: Record<string, string> = {}
  let count = 0
  for (const { kind, arn } of entries) {
    if (kind !== 'function') {
      log.warn({ destination: arn }, `S3 notifications to a ${kind} are not emulated: ${arn} is not there`)
      count++
      detail[`ArgumentName${count}`] = arn
      detail[`ArgumentValue${count}`] = missing[kind]
      continue
    }
    const service = {
      principal: 's3.amazonaws.com',
      sourceArn: `arn:aws:s3:::${name}`,
      sourceAccount: account,
    }
    if (!(await mayInvoke(functions, arn, service))) {
      count++
      detail[`ArgumentName${count}`] = `${arn}, null`
      detail[`ArgumentValue${count}`] = `Not authorized to invoke function [${arn}]`
    }
  }
  if (count > 0)
    throw new AwsError('InvalidArgument', 'Unable to validate the following destination configurations', {
      statusCode: 400,
      detail,
    })
}

/** Whether the function is there, and its policy lets S3 in. */
async function mayInvoke(
  functions: Functions,
  functionName: string,
  onBehalfOf: InvokingService,
): Promise<boolean> {
  try {
    await functions.invoke({ functionName, invocationType: 'DryRun', payload: new Uint8Array(), onBehalfOf })
    return true
  } catch (error) {
    if (error instanceof AwsError) return false
    throw error
  }
}
