import type { Principal } from '../../aws/index.ts'

/** Objects in this simulator's own buckets, read and written for whoever asked: S3's policies decide as for any call. */
export interface BucketObjects {
  /** The keys below a prefix, in their order. */
  keys(caller: Principal, bucket: string, prefix: string): Promise<readonly string[]>
  get(caller: Principal, bucket: string, key: string): Promise<Uint8Array>
  /** Answers the object's ETag, without quotes. */
  put(caller: Principal, bucket: string, key: string, body: Uint8Array): Promise<string>
}
