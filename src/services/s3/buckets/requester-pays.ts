import type { Reader } from '../../../stores/index.ts'
import { configuration } from './configuration.ts'

/** Whether who reads a bucket pays for it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html */
export function isRequesterPays(reader: Reader, bucket: string): boolean {
  return configuration<string>(reader, bucket, 'requestPayment') === 'Requester'
}
