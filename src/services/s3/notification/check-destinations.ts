import { AwsError } from '../../../aws/index.ts'
import type { Functions, InvokingService } from '../../../ports/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import type { S3Context } from '../state.ts'
import type { StoredNotifications } from './notification-configuration.ts'

/**
 * Refuses destinations that are not there, as S3 does with a trial message; functions are asked by a dry run.
 * The texts are recorded. Queues and topics are not emulated: they are said to be untold when an event comes up.
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
      log.warn(
        { destination: arn },
        `S3 notifications to a ${kind} are not emulated yet: ${arn} will not be told`,
      )
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
