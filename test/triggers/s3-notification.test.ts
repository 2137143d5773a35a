import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../src/index.ts'
import { temporaryProject } from '../support/temporary-project.ts'

/** Writes what it was told to `seen/`, and copies pictures to `thumbnails/`. */
const files = {
  'handlers/record.mjs': `import { appendFileSync } from 'node:fs'
export const handler = async event => {
  appendFileSync(process.env.SEEN, JSON.stringify(event) + '\\n')
}
`,
  'handlers/thumbnail.mjs': `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
const s3 = new S3Client({ forcePathStyle: true })
export const handler = async ({ Records }) => {
  for (const { s3: { bucket, object } } of Records) {
    const Key = decodeURIComponent(object.key.replaceAll('+', ' '))
    const picture = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key }))
    const text = await picture.Body.transformToString()
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: Key.replace('pictures/', 'thumbnails/'), Body: text.slice(0, 4) }))
  }
}
`,
}

test('a thumbnail is made', async () => {
  const project = temporaryProject({
    ...files,
    'lambdarium.config.json': JSON.stringify({
      resources: { buckets: ['photos'] },
      triggers: [{ bucket: 'photos', prefix: 'pictures/', suffix: '.png', function: 'thumbnail' }],
    }),
  })
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(project.directory, 'node_modules'))
  const simulator = await createSimulator({ project: project.directory, log: console as never })
  const s3 = new S3Client(simulator.clientConfig())
  try {
    console.log(simulator)
    const put = await s3.send(
      new PutObjectCommand({ Bucket: 'photos', Key: 'pictures/a b+c.png', Body: 'a large picture' }),
    )
    await simulator.idle()
    for (const r of simulator.journal.records())
      console.log(
        r.kind,
        r.id,
        r.cause,
        JSON.stringify(r.subject),
        JSON.stringify(r.stages.filter(s => s.name !== 'event' && s.name !== 'result')).slice(0, 700),
        JSON.stringify(r.outcome),
      )
    const got = await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'thumbnails/a b+c.png' }))
    expect(await got.Body?.transformToString()).toBe('a la')
  } finally {
    await simulator.stop()
    project.remove()
  }
}, 60000)
