import type { CopyObjectCommandInput, CopyObjectCommandOutput } from '@aws-sdk/client-s3'
import type { Reader } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import { type Change, change } from '../change.ts'
import { checksumMembers, type StoredChecksum } from '../checksums/algorithm.ts'
import { algorithmNamed, unsupportedAlgorithm } from '../checksums/checksum-plan.ts'
import { invalidArgument } from '../errors.ts'
import { expirationOf } from '../lifecycle/expiration-of.ts'
import { newAttributes } from '../objects/attributes.ts'
import { checkWrite } from '../objects/conditions.ts'
import {
  type CopySource,
  illegalCopyToItself,
  parseCopySource,
  selectSource,
} from '../objects/copy-source.ts'
import { encryptionMembers } from '../objects/encryption.ts'
import { checkKey } from '../objects/object-key.ts'
import { inlineBytes, type ObjectRecord, type Piece, putInline, refer } from '../objects/object-record.ts'
import { openBody, planBody } from '../objects/open-body.ts'
import { type BodyHashes, hashBody } from '../objects/receive-body.ts'
import { newest, newVersionId, putNewest, shownVersion } from '../objects/versions.ts'
import { shownTime } from '../shown-time.ts'
import { after, type Operation, type S3Context } from '../state.ts'
import { checkPutConditions } from './put-object.ts'

type CopyOutput = Omit<CopyObjectCommandOutput, '$metadata'>
type Source = ReturnType<typeof selectSource>

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const CopyObject: Operation<CopyObjectCommandInput, CopyOutput> = async (context, input) => {
  const key = checkKey(input.Key)
  const source = parseCopySource(input.CopySource)
  checkDirective('x-amz-metadata-directive', input.MetadataDirective, 'Unknown metadata directive.')
  checkDirective('x-amz-tagging-directive', input.TaggingDirective, 'Unknown tagging directive.')
  checkPutConditions(input)
  const wanted = input.ChecksumAlgorithm === undefined ? undefined : algorithmNamed(input.ChecksumAlgorithm)
  if (input.ChecksumAlgorithm !== undefined && wanted === undefined) throw unsupportedAlgorithm()
  for (;;) {
    const rehashed = await rehash(context, input, wanted)
    const output = await change(context, change => copy(change, rehashed))
    if (output !== 'changed') return output
  }

  function copy(change: Change, rehashed: Awaited<ReturnType<typeof rehash>>): CopyOutput | 'changed' {
    const { writer } = change
    const from = selectSource(writer, source, input, context.now)
    // The source was overwritten while it was read.
    if (rehashed !== undefined && rehashed.seq !== from.record.seq) return 'changed'
    const bucket = requireBucket(writer, input.Bucket, input.ExpectedBucketOwner)
    const attributes = copiedAttributes(context, change, bucket, from, input)
    checkWrite(newest(writer, bucket.name, key), key, input)
    if (changesNothing(writer, bucket, key, from, source, input)) throw illegalCopyToItself()
    const seq = change.sequence()
    const record: ObjectRecord = {
      version: newVersionId(bucket, context.state.ids, seq),
      seq,
      modified: context.now,
      size: from.record.size,
      // A copy is one part, however many its source had; bytes that cannot be hashed anew keep their tag.
      etag: rehashed?.md5 ?? from.record.etag,
      pieces: copyPieces(change, from.record),
      checksum: rehashed?.checksum ?? from.record.checksum,
      ...attributes,
    }
    putNewest(change, bucket, key, record)
    change.tell(bucket, 'ObjectCreated:Copy', {
      key,
      size: record.size,
      eTag: record.etag,
      seq,
      reason: 'CopyObject',
      ...(bucket.versioning === 'Enabled' ? { versionId: record.version } : {}),
    })
    const version = shownVersion(bucket, record)
    const sourceVersion = from.record.version
    return {
      CopyObjectResult: {
        ETag: `"${record.etag}"`,
        LastModified: shownTime(record.modified),
        ...checksumMembers(record.checksum),
      },
      ...(version === undefined ? {} : { VersionId: version }),
      ...(sourceVersion === 'null' ? {} : { CopySourceVersionId: sourceVersion }),
      ...expirationOf(change.writer, bucket.name, key, record),
      ...encryptionMembers(record.encryption),
    }
  }
}

function checkDirective(header: string, directive: string | undefined, message: string): void {
  if (directive !== undefined && directive !== 'COPY' && directive !== 'REPLACE')
    throw invalidArgument(message, header, directive)
}

/** Reads the source once more where the copy needs an ETag or a checksum that its source has not. */
async function rehash(
  context: S3Context,
  input: CopyObjectCommandInput,
  wanted: StoredChecksum['algorithm'] | undefined,
): Promise<(BodyHashes & { readonly seq: number }) | undefined> {
  const { state } = context
  const source = parseCopySource(input.CopySource)
  const opened = await after(
    state.store.read(reader => {
      const { record } = selectSource(reader, source, input, context.now)
      const algorithm = wanted ?? record.checksum?.algorithm ?? 'CRC64NVME'
      if (record.parts === undefined && record.checksum?.algorithm === algorithm) return undefined
      return { algorithm, seq: record.seq, plan: planBody(reader, record, { from: 0, to: record.size }) }
    }),
    async found => found && { ...found, body: await openBody(state, found.plan) },
  )
  if (opened === undefined) return undefined
  const { algorithm, body, seq } = opened
  return { seq, ...(await hashBody(body instanceof Uint8Array ? [body] : body, algorithm)) }
}

/** The copy's description: the source's, but for what a directive replaces and what is never copied. */
function copiedAttributes(
  context: S3Context,
  { writer }: Change,
  bucket: BucketRecord,
  { record }: Source,
  input: CopyObjectCommandInput,
): ReturnType<typeof newAttributes> {
  const given = newAttributes(context, writer, bucket, input)
  const replaced = input.MetadataDirective === 'REPLACE'
  const tags = input.TaggingDirective === 'REPLACE' ? given.tags : record.tags
  const { tags: _, ...rest } = given
  return {
    ...rest,
    headers: replaced ? given.headers : record.headers,
    metadata: replaced ? given.metadata : record.metadata,
    ...(tags === undefined ? {} : { tags }),
  }
}

/** A copy onto itself must change something (recorded). Versioned buckets too; restoring an old version is a change. */
function changesNothing(
  reader: Reader,
  bucket: BucketRecord,
  key: string,
  { bucket: from, record }: Source,
  source: CopySource,
  input: CopyObjectCommandInput,
): boolean {
  return (
    from.name === bucket.name &&
    source.key === key &&
    source.version === undefined &&
    input.MetadataDirective !== 'REPLACE' &&
    // Naming a storage class is a change, also where it is the same; so is a default encryption that was set.
    input.StorageClass === undefined &&
    configuration(reader, bucket.name, 'encryption') === undefined &&
    input.WebsiteRedirectLocation === undefined &&
    input.ServerSideEncryption === undefined &&
    input.SSECustomerAlgorithm === undefined &&
    record.encryption?.customerKeyMD5 === undefined &&
    input.ChecksumAlgorithm === undefined
  )
}

/** Large bodies are shared, small ones copied. */
function copyPieces(change: Change, record: ObjectRecord): Piece[] {
  const { writer } = change
  return record.pieces.map(piece => {
    if ('blob' in piece) {
      refer(writer, piece.blob)
      return piece
    }
    const inline = change.sequence()
    putInline(writer, inline, inlineBytes(writer, piece.inline))
    return { inline, size: piece.size }
  })
}
