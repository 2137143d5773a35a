import { familiarTable } from '../../../stores/index.ts'
import type { Grant } from '../acl/grant.ts'

/** A bucket: one name space for all accounts and regions. */
export interface BucketRecord {
  readonly name: string
  readonly account: string
  readonly region: string
  /** Made with the constraint `EU`, which it is told by ever after. */
  readonly eu?: boolean | undefined
  /** Milliseconds since 1970. */
  readonly created: number
  /** Absent: versioning was never on. */
  readonly versioning?: 'Enabled' | 'Suspended' | undefined
  readonly mfaDelete?: 'Enabled' | 'Disabled' | undefined
  /** Made with object lock; its default rule is a configuration of its own. */
  readonly objectLock?: boolean | undefined
  /** Absent: what S3 reports for a new bucket, without refusing ACLs. */
  readonly ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | undefined
  /** Absent: private. */
  readonly grants?: readonly Grant[] | undefined
  /** Whether somebody is to be told of what happens to its objects. */
  readonly notifies?: boolean | undefined
  /** Whether another account ever wrote an object that it kept for itself: its owner may then not read everything. */
  readonly strangers?: boolean | undefined
  /** Whether its objects are copied to other buckets. */
  readonly replicates?: boolean | undefined
}

/** Key: the bucket's name. */
export const buckets = familiarTable<BucketRecord>('s3/bucket')
