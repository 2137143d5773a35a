import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../src/index.ts'
import { oddKeys } from '../services/s3/odd-keys.ts'
import { runCommand } from '../support/lambdarium-command.ts'
import { temporaryProject } from '../support/temporary-project.ts'

/** Opens the project's state, runs something with a client, and closes it again. */
async function withState<Result>(cwd: string, run: (s3: S3Client) => Promise<Result>): Promise<Result> {
  const simulator = await createSimulator({ project: cwd, data: join(cwd, '.lambdarium') })
  const s3 = new S3Client(simulator.clientConfig())
  try {
    return await run(s3)
  } finally {
    s3.destroy()
    await simulator.stop()
  }
}

/** Everything in a bucket that a folder has to bring back. */
async function contents(s3: S3Client, Bucket: string): Promise<unknown[]> {
  const found: unknown[] = []
  for (const { Key } of (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []) {
    const { Body, ContentType, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))
    found.push({ Key, ContentType, Metadata, TagSet, text: await Body?.transformToString() })
  }
  return found
}

test('a bucket goes into a folder and comes back from it: keys that are no file names, metadata, tags, large bodies', async () => {
  const { directory: cwd, remove } = temporaryProject({
    'lambdarium.config.json': JSON.stringify({ resources: { buckets: ['from'] } }),
  })
  onTestFinished(remove)
  const before = await withState(cwd, async s3 => {
    for (const [index, Key] of oddKeys.entries())
      await s3.send(
        new PutObjectCommand({
          ...{ Bucket: 'from', Key, Body: `${index} `.repeat(index === 0 ? 100_000 : 1) },
          ...{ ContentType: `text/x-${index}`, Metadata: { index: String(index) }, Tagging: 'a=b%20c' },
        }),
      )
    return await contents(s3, 'from')
  })
  expect(before).toHaveLength(oddKeys.length)
  const bucket = (action: string, name: string) =>
    runCommand(['state', action, 'folder', '--bucket', name], { cwd, env: { NO_COLOR: '1' } })
  expect((await bucket('export', 'from')).exitCode).toBe(0)
  expect((await bucket('import', 'into')).exitCode).toBe(0)
  expect(await withState(cwd, s3 => contents(s3, 'into'))).toEqual(before)
}, 60_000)

test('what is wrong with a folder is said, and is no bug', async () => {
  const { directory: cwd, remove } = temporaryProject({})
  onTestFinished(remove)
  const problem = async (folder: string): Promise<unknown[]> => {
    const args = ['state', 'import', folder, '--bucket', 'into']
    const { exitCode, stderr } = await runCommand(args, { cwd, env: { NO_COLOR: '1' } })
    return [exitCode, stderr.split('\n')[0]]
  }
  expect(await problem('nowhere')).toEqual([1, `✖ ${join(cwd, 'nowhere')} does not exist`])
  const manifests = [
    ['{', 'is no manifest of a bucket'],
    ['null', 'is no manifest of a bucket'],
    ['{"objects":[{"Key":"k"}]}', 'is no manifest of a bucket'],
    ['{"objects":[{"Key":"k","file":"missing"}]}', 'names a file that is not there: missing'],
    ['{"objects":[{"Key":"k","file":"../../x"}]}', 'names a file outside of its folder: ../../x'],
  ] as const
  for (const [index, [text, words]] of manifests.entries()) {
    const folder = `folder-${index}`
    mkdirSync(join(cwd, folder, 'objects'), { recursive: true })
    writeFileSync(join(cwd, folder, 'lambdarium-bucket.json'), text)
    expect(await problem(folder)).toEqual([1, expect.stringContaining(words)])
  }
}, 60_000)
