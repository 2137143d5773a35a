import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AwsError, type ServiceHost } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import { UserError } from '../lib/index.ts'
import type { Ids } from '../ports/index.ts'
import { createFileNames } from './bucket-file-names.ts'
import { rootCaller } from './call-as-root.ts'
import type { OpenedSimulator } from './opened.ts'

/** Calls one operation of S3 as root; `headers` are the request's. */
type CallS3 = (
  operation: string,
  input: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<unknown>

/** One object in a manifest: the input of PutObject, and where its bytes lie. */
interface ManifestObject {
  readonly Key: string
  /** Below the folder `objects`, with slashes. */
  readonly file: string
  readonly [member: string]: unknown
}

const manifestName = 'lambdarium-bucket.json'
/** What GetObject answers and PutObject takes. */
const kept = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Metadata',
  'StorageClass',
  'WebsiteRedirectLocation',
] as const

/** Buckets as plain folders, for the command line. */
export function bucketFolders(
  host: Pick<ServiceHost, 'call'>,
  config: Pick<Config, 'account' | 'region'>,
  ids: Ids,
): OpenedSimulator['buckets'] {
  const call: CallS3 = (operation, input, headers) =>
    rootCaller(host, config, ids, headers)('s3', operation, input)
  return {
    export: (bucket, directory) => told(bucket, exportBucket(call, bucket, directory)),
    import: (bucket, directory) => told(bucket, importBucket(call, bucket, directory)),
  }
}

/** What S3 refuses is the caller's affair here, not a bug. */
async function told<Result>(bucket: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause
    throw new UserError('bucket-refused', `${bucket}: ${cause.code}: ${cause.message}`, { cause })
  }
}

/** Writes a bucket's objects into a folder as a plain tree, with a manifest of what files cannot say; answers how many. */
async function exportBucket(call: CallS3, bucket: string, directory: string): Promise<number> {
  const fileOf = createFileNames()
  const objects: ManifestObject[] = []
  let token: string | undefined
  do {
    const page = (await call('ListObjectsV2', { Bucket: bucket, ContinuationToken: token })) as {
      Contents?: { Key: string }[]
      NextContinuationToken?: string
    }
    for (const { Key } of page.Contents ?? [])
      objects.push(await exportObject(call, bucket, Key, directory, fileOf(Key)))
    token = page.NextContinuationToken
  } while (token !== undefined)
  await mkdir(directory, { recursive: true })
  await writeFile(join(directory, manifestName), `${JSON.stringify({ bucket, objects }, undefined, 2)}\n`)
  return objects.length
}

async function exportObject(
  call: CallS3,
  Bucket: string,
  Key: string,
  directory: string,
  file: string,
): Promise<ManifestObject> {
  const place = join(directory, 'objects', ...file.split('/'))
  await mkdir(dirname(place), { recursive: true })
  const found = (await call('GetObject', { Bucket, Key })) as Record<string, unknown>
  const body = found['Body'] as Uint8Array | Readable
  await pipeline(body instanceof Uint8Array ? Readable.from([body]) : body, createWriteStream(place))
  const { TagSet } = (await call('GetObjectTagging', { Bucket, Key })) as {
    TagSet: { Key: string; Value: string }[]
  }
  const tags = new URLSearchParams(
    TagSet.map(({ Key: name, Value }): [string, string] => [name, Value]),
  ).toString()
  const members = kept.filter(name => found[name] !== undefined).map(name => [name, found[name]])
  return { Key, file, ...Object.fromEntries(members), ...(tags === '' ? {} : { Tagging: tags }) }
}

/** Puts a folder's objects into a bucket, which is made where it is missing; a folder without a manifest is taken as it is. */
async function importBucket(call: CallS3, bucket: string, directory: string): Promise<number> {
  const root = resolve(directory, 'objects')
  const manifest = await readManifest(directory)
  try {
    await call('HeadBucket', { Bucket: bucket })
  } catch (error) {
    if (!(error instanceof AwsError) || error.statusCode !== 404) throw error
    await call('CreateBucket', { Bucket: bucket })
  }
  const from = manifest === undefined ? resolve(directory) : root
  const objects = manifest ?? (await plainFiles(from))
  for (const { file, ...object } of objects) {
    const place = resolve(from, ...file.split('/'))
    if (!place.startsWith(from + sep))
      throw new UserError('file-outside', `${manifestName} names a file outside of its folder: ${file}`)
    const size = await sizeOf(place)
    if (size === undefined)
      throw new UserError('bad-manifest', `${manifestName} names a file that is not there: ${file}`)
    const headers = { 'content-length': String(size) }
    await call('PutObject', { ...object, Bucket: bucket, Body: createReadStream(place) }, headers)
  }
  return objects.length
}

async function readManifest(directory: string): Promise<readonly ManifestObject[] | undefined> {
  const file = join(directory, manifestName)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const objects = objectsIn(text)
  if (
    objects === undefined ||
    objects.some(each => typeof each?.Key !== 'string' || typeof each.file !== 'string')
  )
    throw new UserError(
      'bad-manifest',
      `${file} is no manifest of a bucket: \`objects\` must list keys and files`,
    )
  return objects
}

function objectsIn(manifest: string): ManifestObject[] | undefined {
  try {
    const { objects } = (JSON.parse(manifest) ?? {}) as { objects?: unknown }
    return Array.isArray(objects) ? objects : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The size of a file; undefined where there is none. */
async function sizeOf(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(error => {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  })
  return found?.isFile() ? found.size : undefined
}

async function plainFiles(directory: string): Promise<ManifestObject[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .split(sep)
        .join('/'),
    )
    .toSorted()
    .map(file => ({ Key: file, file }))
}
