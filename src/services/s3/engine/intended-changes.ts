import type { S3EventType } from '../events.ts'
import type { IntendedChange } from './intents.ts'

/** The members of inputs that changes are about. */
export interface ChangeInput {
  readonly Bucket?: string | undefined
  readonly Key?: string | undefined
  readonly VersionId?: string | undefined
  readonly Delete?:
    | {
        readonly Objects?:
          | readonly { readonly Key?: string | undefined; readonly VersionId?: string | undefined }[]
          | undefined
      }
    | undefined
}

/** Operations that change one object, and what they cause. */
const single: Readonly<Record<string, S3EventType>> = {
  PutObject: 'ObjectCreated:Put',
  PostObject: 'ObjectCreated:Post',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
  DeleteObject: 'ObjectRemoved:Delete',
  PutObjectTagging: 'ObjectTagging:Put',
  DeleteObjectTagging: 'ObjectTagging:Delete',
  PutObjectAcl: 'ObjectAcl:Put',
  RestoreObject: 'ObjectRestore:Post',
}

/** What an operation is about to change; nothing where it only reads, or changes no object. */
export function intendedChanges(operation: string, input: ChangeInput): readonly IntendedChange[] {
  if (operation === 'DeleteObjects')
    return (input.Delete?.Objects ?? []).map(({ Key: key = '', VersionId: version }) => ({
      key,
      version,
      type: 'ObjectRemoved:Delete',
    }))
  const type = single[operation]
  if (type === undefined || input.Key === undefined) return []
  return [{ key: input.Key, version: input.VersionId, type }]
}
