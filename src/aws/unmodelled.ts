import type { ServiceModel } from './service-model.ts'

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
          Body: [':blob', { payload: 1 }],
        },
      },
    },
  },
}

/** Statuses that S3 really answers: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
const answered: Readonly<Record<string, Readonly<Record<string, number>>>> = { s3: { PutBucketPolicy: 204 } }

/** A model with what it leaves out. */
export function completed(model: ServiceModel): ServiceModel {
  const more = unmodelled[model.id]
  if (more === undefined) return model
  return {
    ...model,
    operations: { ...withStatuses(model), ...more.operations },
    shapes: { ...model.shapes, ...more.shapes },
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
