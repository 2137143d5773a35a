import { invalidStorageClass } from '../errors.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
const classes: ReadonlySet<string> = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
])

/** The storage class as it is kept: STANDARD is not mentioned. */
export function storageClassOf(requested: string | undefined): string | undefined {
  if (requested === undefined || requested === '') return undefined
  if (!classes.has(requested)) throw invalidStorageClass(requested)
  return requested === 'STANDARD' ? undefined : requested
}

/** Classes whose objects have to be restored before they can be read. */
export function isArchived(storageClass: string | undefined): boolean {
  return storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE'
}
