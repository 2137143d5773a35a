import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { onTestFinished } from 'vitest'
import type { ConfigInput } from '../../../src/config/index.ts'
import { createSimulator, type Simulator } from '../../../src/index.ts'
import { type TemporaryProject, temporaryProject } from '../../support/temporary-project.ts'

/** Functions that the tests trigger. */
const handlers = {
  'handlers/record.mjs': 'export const handler = async () => {}\n',
  'handlers/failing.mjs': "export const handler = async () => { throw new Error('no luck') }\n",
  // Waits until the project has a file `go`.
  'handlers/waiting.mjs': `import { existsSync } from 'node:fs'
export const handler = async () => {
  while (!existsSync(process.env.GO)) await new Promise(resolve => setTimeout(resolve, 5))
}
`,
  'handlers/thumbnail.mjs': `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
const s3 = new S3Client({ forcePathStyle: true })
export const handler = async ({ Records }) => {
  for (const { s3: { bucket, object } } of Records) {
    const Key = decodeURIComponent(object.key.replaceAll('+', ' '))
    const picture = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key }))
    const Body = (await picture.Body.transformToString()).slice(0, 7)
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: Key.replace('pictures/', 'thumbnails/'), Body }))
  }
}
`,
  // Writes under its own trigger.
  'handlers/circular.mjs': `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
const s3 = new S3Client({ forcePathStyle: true })
export const handler = async ({ Records: [{ s3: { bucket, object } }] }) => {
  await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: object.key + 'x', Body: '' }))
}
`,
}

/** A simulator with the functions, and a client; both go with the test. */
export interface Started {
  readonly simulator: Simulator
  readonly s3: S3Client
  readonly project: TemporaryProject
}

/** A project with the functions that the tests trigger. */
export function triggersProject(config: ConfigInput): TemporaryProject {
  const project = temporaryProject({ ...handlers, 'lambdarium.config.json': JSON.stringify(config) })
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(project.directory, 'node_modules'))
  return project
}

/** Starts a whole simulator for one test. */
export async function start(config: ConfigInput): Promise<Started> {
  const project = triggersProject(config)
  const simulator = await createSimulator({ project: project.directory })
  const s3 = new S3Client(simulator.clientConfig())
  onTestFinished(async () => {
    s3.destroy()
    await simulator.stop()
    project.remove()
  })
  return { simulator, s3, project }
}

/** The events that a function was invoked with, in the order of the invocations. */
export function eventsOf(simulator: Simulator, functionName: string): { Records: S3Record[] }[] {
  return simulator.journal.records({ kind: 'invocation', function: functionName }).map(({ stages }) => {
    const payload = stages.find(({ name }) => name === 'event')?.detail
    return JSON.parse(Buffer.from(payload as Uint8Array).toString())
  })
}

/** The part of a notification that tests look at. */
export interface S3Record {
  readonly eventName: string
  readonly eventVersion: string
  readonly responseElements: Readonly<Record<string, string>>
  readonly s3: { readonly object: Readonly<Record<string, unknown>>; readonly configurationId: string }
}

/** The record of each event that a function was invoked with. */
export function recordsOf(simulator: Simulator, functionName: string): S3Record[] {
  return eventsOf(simulator, functionName).flatMap(({ Records }) => Records)
}
