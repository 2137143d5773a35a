import { invalidBucketName } from '../errors.ts'

/** Refuses what may not be a bucket's name. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucketName(name: string): void {
  const wellFormed =
    /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)
  const reserved =
    /^(?:xn--|sthree-|amzn-s3-demo-)/.test(name) ||
    /(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  if (!wellFormed || reserved) throw invalidBucketName(name)
}
