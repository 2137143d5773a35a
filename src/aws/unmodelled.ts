import type { MemberModel, ServiceModel } from './service-model.ts'

/**
 * Operations that a service has and its model has not: browsers' forms, which no SDK sends.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
const unmodelled: Readonly<Record<string, Pick<ServiceModel, 'operations' | 'shapes'>>> = {
  s3: {
    operations: {
      PostObject: {
        input: 'PostObjectRequest',
        output: 'PostObjectOutput',
        http: ['POST', '/{Bucket}', 204],
      },
    },
    shapes: {
      PostObjectRequest: {
        t: 'structure',
        m: {
          Bucket: [':string', { label: 1 }],
          ContentType: [':string', { header: 'Content-Type' }],
          Body: [':stream', { payload: 1 }],
        },
        r: ['Bucket'],
      },
      PostObjectOutput: {
        t: 'structure',
        m: {
          Status: [':integer', { responseCode: 1 }],
          Location: [':string', { header: 'Location' }],
          ETag: [':string', { header: 'ETag' }],
          VersionId: [':string', { header: 'x-amz-version-id' }],
          ContentType: [':string', { header: 'Content-Type' }],
          ServerSideEncryption: [':string', { header: 'x-amz-server-side-encryption' }],
          ChecksumCRC32: [':string', { header: 'x-amz-checksum-crc32' }],
          ChecksumCRC32C: [':string', { header: 'x-amz-checksum-crc32c' }],
          ChecksumCRC64NVME: [':string', { header: 'x-amz-checksum-crc64nvme' }],
          ChecksumSHA1: [':string', { header: 'x-amz-checksum-sha1' }],
          ChecksumSHA256: [':string', { header: 'x-amz-checksum-sha256' }],
          ChecksumType: [':string', { header: 'x-amz-checksum-type' }],
          Body: [':blob', { payload: 1 }],
        },
      },
    },
  },
}

/** Statuses that S3 really answers (recorded); the model says 200. */
const answered: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  s3: {
    PutBucketAnalyticsConfiguration: 204,
    PutBucketIntelligentTieringConfiguration: 204,
    PutBucketInventoryConfiguration: 204,
    PutBucketMetricsConfiguration: 204,
    PutBucketPolicy: 204,
    PutBucketTagging: 204,
  },
}

/** What S3's answers carry beside the members of the model (recorded). */
const carried: Readonly<Record<string, Readonly<Record<string, Members>>>> = {
  s3: {
    RestoreObjectOutput: { Status: [':integer', { responseCode: 1 }] },
    HeadBucketOutput: { ContentType: [':string', { header: 'Content-Type' }] },
    ListObjectsOutput: { BucketRegion: [':string', { header: 'x-amz-bucket-region' }] },
    ListObjectsV2Output: { BucketRegion: [':string', { header: 'x-amz-bucket-region' }] },
  },
}

/** Structures of which S3 wants less than the model says (recorded): `<Tagging/>` takes all tags away. */
const lenient: Readonly<Record<string, readonly string[]>> = { s3: ['Tagging'] }

type Members = Readonly<Record<string, MemberModel>>

/** A model with what it leaves out. */
export function completed(model: ServiceModel): ServiceModel {
  const more = unmodelled[model.id]
  if (more === undefined) return model
  return {
    ...model,
    operations: { ...withStatuses(model), ...more.operations },
    shapes: { ...withCarried(model), ...more.shapes },
  }
}

function withStatuses(model: ServiceModel): ServiceModel['operations'] {
  const changed = Object.entries(answered[model.id] ?? {}).flatMap(([name, status]) => {
    const operation = model.operations[name]
    if (operation?.http === undefined) return []
    const [method, uri] = operation.http
    return [[name, { ...operation, http: [method, uri, status] as const }] as const]
  })
  return { ...model.operations, ...Object.fromEntries(changed) }
}

function withCarried(model: ServiceModel): ServiceModel['shapes'] {
  const changed = Object.entries(model.shapes).flatMap(([name, shape]) => {
    const more = carried[model.id]?.[name]
    if (shape.m === undefined || (more === undefined && !isList(shape.xml))) return []
    return [
      [name, { ...shape, m: { ...(isList(shape.xml) ? itemsLast(shape.m) : shape.m), ...more } }] as const,
    ]
  })
  const relaxed = (lenient[model.id] ?? []).map(name => [name, { ...model.shapes[name], r: [] }])
  return { ...model.shapes, ...Object.fromEntries([...changed, ...relaxed]) }
}

const isList = (name: string | undefined): boolean => /^List\w+Result$/.test(name ?? '')

/** S3 writes what a list is about before its items, and old SDKs rely on it. */
function itemsLast(members: Members): Members {
  const place = (name: string, member: MemberModel): number => {
    if (name === 'Owner') return 0
    return name === 'Buckets' || (typeof member !== 'string' && member[1].flat === 1) ? 2 : 1
  }
  return Object.fromEntries(Object.entries(members).sort((one, other) => place(...one) - place(...other)))
}
