import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import type { OpenedSimulator } from '../../src/simulator.ts'
import { temporaryProject } from '../support/temporary-project.ts'
import { start } from '../triggers/s3/support.ts'

test('a bucket becomes a plain folder and comes back, whatever its keys are', async () => {
  const { simulator, s3 } = await start({ resources: { buckets: ['from'] } })
  const { buckets } = simulator as OpenedSimulator
  const folder = temporaryProject({})
  const keys = [
    'a/b.txt',
    'a',
    'A/B.txt',
    '../up',
    'x//y',
    '\u00e9',
    'e\u0301',
    'end/',
    'con',
    'a+b %20',
    'p',
    'p/q',
  ]
  for (const Key of keys)
    await s3.send(
      new PutObjectCommand({ Bucket: 'from', Key, Body: `of ${Key}`, Metadata: { n: '1' }, Tagging: 'k=v' }),
    )
  expect(await buckets.export('from', folder.directory)).toBe(keys.length)
  expect(readFileSync(join(folder.directory, 'objects/A/B.txt'), 'utf8')).toBe('of A/B.txt')
  expect(existsSync(join(folder.directory, 'up'))).toBe(false)
  expect(await buckets.import('into', folder.directory)).toBe(keys.length)
  const listed = async (Bucket: string) =>
    (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key, ETag }) => [Key, ETag])
  expect(await listed('into')).toEqual(await listed('from'))
  const { Metadata, TagCount } = await s3.send(new GetObjectCommand({ Bucket: 'into', Key: '../up' }))
  expect([Metadata, TagCount]).toEqual([{ n: '1' }, 1])

  const plain = temporaryProject({ 'docs/a.txt': 'a', 'b.txt': 'b' })
  expect(await buckets.import('plain', plain.directory)).toBe(2)
  expect((await listed('plain'))?.map(([Key]) => Key)).toEqual(['b.txt', 'docs/a.txt'])
  folder.write('lambdarium-bucket.json', '{"objects": [{"Key": "k", "file": "../../secret"}]}')
  await expect(buckets.import('into', folder.directory)).rejects.toThrow('outside of its folder')
  await expect(buckets.export('nothing', folder.directory)).rejects.toThrow('nothing: NoSuchBucket')
  folder.remove()
  plain.remove()
})
