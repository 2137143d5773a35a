import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../../support/random.ts'
import { type BucketModel, createBucketModel, grouped } from './model.ts'
import { startS3 } from './support.ts'

const Bucket = 'sequences'
const names = [
  'p',
  'p/',
  'p/q',
  'p/q/r',
  'p//',
  '/p',
  'P',
  'é',
  'e\u0301',
  '😀',
  '\ue000',
  ' a+b%20',
  '.',
  '../x',
]

interface World {
  readonly s3: S3Client
  readonly model: BucketModel
  readonly random: Random
  readonly uploads: { readonly key: string; readonly id: string; readonly parts: Map<number, Buffer> }[]
}

/** What happened as text that can be compared: an error's name, or what the call answered. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    return (error as Error).name
  }
}

function bodyOf({ random }: World): Buffer {
  const size = random.pick([0, 1, 10, 1000, 65_536, 65_537, 200_000])
  return Buffer.alloc(size, String.fromCharCode(97 + random.below(26)))
}

const steps: Readonly<Record<string, (world: World) => Promise<void>>> = {
  async put(world) {
    const { s3, model, random } = world
    const Key = random.pick(names)
    const Body = bodyOf(world)
    const before = model.live(Key)
    const condition = random.pick(['none', 'none', 'absent', 'same', 'other'] as const)
    const other = '"00000000000000000000000000000000"'
    const call = s3.send(
      new PutObjectCommand({
        ...{ Bucket, Key, Body },
        ...(condition === 'absent' ? { IfNoneMatch: '*' } : {}),
        ...(condition === 'same' ? { IfMatch: before?.etag ?? other } : {}),
        ...(condition === 'other' ? { IfMatch: other } : {}),
      }),
    )
    const wanted =
      condition === 'none'
        ? 'done'
        : condition === 'absent'
          ? before === undefined
            ? 'done'
            : 'PreconditionFailed'
          : before === undefined
            ? 'NoSuchKey'
            : condition === 'same'
              ? 'done'
              : 'PreconditionFailed'
    expect(await outcome(call)).toBe(wanted)
    if (wanted === 'done') model.put(Key, (await call).VersionId, Body)
  },
  async copy({ s3, model, random }) {
    const from = random.pick(names)
    const Key = random.pick(names)
    const source = model.live(from)
    const CopySource = `${Bucket}/${encodeURIComponent(from)}`
    const call = s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, MetadataDirective: 'REPLACE' }))
    expect(await outcome(call)).toBe(source === undefined ? 'NoSuchKey' : 'done')
    if (source !== undefined) model.put(Key, (await call).VersionId, source.body)
  },
  async remove({ s3, model, random }) {
    const Key = random.pick(names)
    const { VersionId, DeleteMarker } = await s3.send(new DeleteObjectCommand({ Bucket, Key }))
    expect(DeleteMarker).toBe(model.versioning === undefined ? undefined : true)
    model.remove(Key, VersionId)
  },
  async removeSome({ s3, model, random }) {
    const Objects = [...new Set([random.pick(names), random.pick(names)])].map(Key => ({ Key }))
    const { Deleted = [], Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    expect(Errors).toBeUndefined()
    for (const { Key = '', DeleteMarkerVersionId } of Deleted) model.remove(Key, DeleteMarkerVersionId)
  },
  async removeVersion({ s3, model, random }) {
    const Key = random.pick(names)
    const versions = model.versions(Key)
    const VersionId = versions.length === 0 ? 'null' : random.pick(versions).id
    const answer = await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))
    expect(answer.DeleteMarker).toBe(versions.find(({ id }) => id === VersionId)?.marker || undefined)
    model.removeVersion(Key, VersionId)
  },
  async versioning({ s3, model, random }) {
    if (!random.chance(0.3)) return
    const Status = random.pick(['Enabled', 'Suspended'] as const)
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }))
    model.versioning = Status
  },
  async begin({ s3, random, uploads }) {
    const key = random.pick(names)
    const { UploadId: id = '' } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: key }))
    uploads.push({ key, id, parts: new Map() })
  },
  async part(world) {
    const { s3, random, uploads } = world
    if (uploads.length === 0) return
    const { key: Key, id: UploadId, parts } = random.pick(uploads)
    const PartNumber = 1 + random.below(4)
    const Body = random.chance(0.2) ? Buffer.alloc(5 * 1024 * 1024, 'm') : bodyOf(world)
    await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }))
    parts.set(PartNumber, Body)
  },
  async complete({ s3, model, random, uploads }) {
    const upload = uploads.pop()
    if (upload === undefined) return
    const { key: Key, id: UploadId, parts } = upload
    const chosen = [...parts].filter(() => random.chance(0.8)).sort(([one], [other]) => one - other)
    const digest = (bytes: Buffer): Buffer => createHash('md5').update(bytes).digest()
    const Parts = chosen.map(([PartNumber, bytes]) => ({ PartNumber, ETag: digest(bytes).toString('hex') }))
    const call = s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    )
    const small = chosen.slice(0, -1).some(([, bytes]) => bytes.length < 5 * 1024 * 1024)
    const wanted = chosen.length === 0 ? 'InvalidRequest' : small ? 'EntityTooSmall' : 'done'
    expect(await outcome(call)).toBe(wanted)
    if (wanted !== 'done') {
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
      return
    }
    const etag = `"${digest(Buffer.concat(chosen.map(([, bytes]) => digest(bytes)))).toString('hex')}-${chosen.length}"`
    expect((await call).ETag).toBe(etag)
    model.put(Key, (await call).VersionId, Buffer.concat(chosen.map(([, bytes]) => bytes)), etag)
  },
  async read({ s3, model, random }) {
    const Key = random.pick(names)
    const versions = model.versions(Key)
    const named = random.chance(0.5) && versions.length > 0 ? random.pick(versions) : undefined
    const found = named ?? model.live(Key)
    const from = random.below(20)
    const span = random.pick([`bytes=${from}-${from + 5}`, `bytes=-${from}`, `bytes=${from}-`, undefined])
    const call = s3.send(
      new GetObjectCommand({
        ...{ Bucket, Key },
        ...(named === undefined ? {} : { VersionId: named.id }),
        ...(span === undefined ? {} : { Range: span }),
      }),
    )
    if (found === undefined || found.marker) {
      expect(await outcome(call)).toBe(named?.marker ? 'MethodNotAllowed' : 'NoSuchKey')
      return
    }
    const { body } = found
    const slice =
      span === undefined
        ? body
        : span.startsWith('bytes=-')
          ? from === 0 || body.length === 0
            ? undefined
            : body.subarray(Math.max(body.length - from, 0))
          : from >= body.length
            ? undefined
            : body.subarray(from, span.endsWith('-') ? undefined : from + 6)
    if (slice === undefined) return expect(await outcome(call)).toBe('InvalidRange')
    const answer = await call
    expect(answer.ETag).toBe(found.etag)
    expect(slice.equals((await answer.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
  },
  async list({ s3, model, random }) {
    const Prefix = random.pick(['', '', 'p', 'p/', '/', 'é'])
    const Delimiter = random.pick(['', '/', '/', 'q'])
    const MaxKeys = 1 + random.below(6)
    const live = model.keys().filter(key => model.live(key) !== undefined)
    const wanted = grouped(live, Prefix, Delimiter)
    const keys: (string | undefined)[] = []
    const prefixes: (string | undefined)[] = []
    let after: string | undefined
    const first = random.chance(0.5)
    do {
      const page = first
        ? await s3.send(
            new ListObjectsCommand({ Bucket, Prefix, Delimiter, MaxKeys, ...(after && { Marker: after }) }),
          )
        : await s3.send(
            new ListObjectsV2Command({
              ...{ Bucket, Prefix, Delimiter, MaxKeys },
              ...(after && { ContinuationToken: after }),
            }),
          )
      const { Contents = [], CommonPrefixes = [] } = page
      expect(Contents.length + CommonPrefixes.length).toBeLessThanOrEqual(MaxKeys)
      keys.push(...Contents.map(({ Key }) => Key))
      prefixes.push(...CommonPrefixes.map(common => common.Prefix))
      after = !page.IsTruncated
        ? undefined
        : 'NextContinuationToken' in page
          ? page.NextContinuationToken
          : ((page as { NextMarker?: string }).NextMarker ?? Contents.at(-1)?.Key)
    } while (after !== undefined)
    expect({ keys, prefixes }).toEqual(wanted)
  },
  async listVersions({ s3, model, random }) {
    const MaxKeys = 1 + random.below(8)
    const seen: string[] = []
    let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {}
    while (next !== undefined) {
      const page: ListObjectVersionsCommandOutput = await s3.send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys, ...(next as object) }),
      )
      for (const { Key, VersionId, IsLatest } of page.Versions ?? [])
        seen.push(JSON.stringify([Key, VersionId, IsLatest, 'version']))
      for (const { Key, VersionId, IsLatest } of page.DeleteMarkers ?? [])
        seen.push(JSON.stringify([Key, VersionId, IsLatest, 'marker']))
      next = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined
    }
    const wanted = model
      .keys()
      .flatMap(key =>
        model
          .versions(key)
          .map(({ id, marker }, at) => JSON.stringify([key, id, at === 0, marker ? 'marker' : 'version'])),
      )
    expect(seen.toSorted()).toEqual(wanted.toSorted())
  },
}

const rounds = Number(process.env['RANDOM_ROUNDS'] ?? 150)
const first = Number(process.env['RANDOM_SEED'] ?? 7)

test.each([first, first + 1])(
  'a long sequence of calls leaves what its rules say: seed %i',
  async seed => {
    const { s3 } = await startS3()
    await s3.send(new CreateBucketCommand({ Bucket }))
    const world: World = { s3, model: createBucketModel(), random: createRandom(seed), uploads: [] }
    const { random } = world
    const done: string[] = []
    for (let round = 0; round < rounds; round++) {
      const name = random.pick(Object.keys(steps))
      done.push(name)
      try {
        await steps[name]?.(world)
      } catch (error) {
        throw new Error(`after ${done.slice(-12).join(', ')}`, { cause: error })
      }
    }
  },
  60_000,
)
