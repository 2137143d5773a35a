import { invalidArgument, keyTooLong } from '../errors.ts'

/** A key has 1 to 1,024 bytes of UTF-8. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export function checkKey(key: string | undefined): string {
  if (key === undefined || key === '') throw invalidArgument('Object key cannot be empty', 'Key', '')
  if (key.length > 341) {
    const size = Buffer.byteLength(key)
    if (size > 1024) throw keyTooLong(size)
  }
  return key
}

/** A key as the path of a URL. */
export const encodePath = (key: string): string => key.split('/').map(encodeURIComponent).join('/')
