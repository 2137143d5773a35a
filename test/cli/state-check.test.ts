import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../src/index.ts'
import { runCommand } from '../support/lambdarium-command.ts'
import { temporaryProject } from '../support/temporary-project.ts'

const Bucket = 'things'

test('state check reads every body and names those that are not what was written', async () => {
  const { directory: cwd, remove } = temporaryProject({
    'lambdarium.config.json': JSON.stringify({ resources: { buckets: [Bucket] } }),
  })
  onTestFinished(remove)
  const ids = await filled(cwd)
  const check = async () => {
    const { exitCode, stdout, stderr } = await runCommand(['state', 'check'], { cwd, env: { NO_COLOR: '1' } })
    return {
      exitCode,
      lines: stdout
        .split('\n')
        .filter(line => line !== '')
        .sort(),
      stderr: stderr.trim(),
    }
  }
  const data = join(cwd, '.lambdarium')
  expect(await check()).toEqual({ exitCode: 0, lines: [], stderr: `8 bodies read, 0 damaged: ${data}` })

  const blobs = (readdirSync(join(data, 'blobs'), { recursive: true }) as string[])
    .map(name => join(data, 'blobs', name))
    .filter(file => statSync(file).isFile())
  const ofSize = (size: number) => blobs.find(file => statSync(file).size === size) ?? ''
  const [gone, changed] = [ofSize(100_000), ofSize(5 * 1024 * 1024)]
  rmSync(gone)
  const bytes = readFileSync(changed)
  bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7)
  writeFileSync(changed, bytes)
  expect(await check()).toEqual({
    exitCode: 1,
    lines: [
      expect.stringMatching(`^${Bucket}/large \\(${ids.large}\\): a stored body is missing`),
      `${Bucket}/parts (${ids.parts}): has other bytes than were written`,
    ],
    stderr: `8 bodies read, 2 damaged: ${data}`,
  })
}, 60_000)

/** Bodies of every kind: in the store and beside it, copied, of older versions, in parts, of an upload that goes on. */
async function filled(cwd: string) {
  const simulator = await createSimulator({ project: cwd, data: join(cwd, '.lambdarium') })
  const s3 = new S3Client(simulator.clientConfig())
  try {
    const VersioningConfiguration = { Status: 'Enabled' } as const
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
    const put = (Key: string, Body: Uint8Array | string) =>
      s3.send(new PutObjectCommand({ Bucket, Key, Body }))
    await put('small', 'one')
    await put('small', 'two')
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'small' }))
    await put('empty', '')
    const large = await put('large', randomBytes(100_000))
    await put('beside', randomBytes(200_000))
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/beside` }))
    const upload = async (Key: string, bodies: readonly Uint8Array[]) => {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))
      const Parts = []
      for (const [index, Body] of bodies.entries()) {
        const part = { PartNumber: index + 1 }
        const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, Body, ...part }))
        Parts.push({ ...part, ETag })
      }
      return { Bucket, Key, UploadId, MultipartUpload: { Parts } }
    }
    const whole = await upload('parts', [randomBytes(5 * 1024 * 1024), randomBytes(10)])
    const parts = await s3.send(new CompleteMultipartUploadCommand(whole))
    await upload('going-on', [randomBytes(300_000)])
    return { large: large.VersionId, parts: parts.VersionId }
  } finally {
    s3.destroy()
    await simulator.stop()
  }
}
