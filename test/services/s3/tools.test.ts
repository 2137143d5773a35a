import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { hasTool, runTool } from '../../support/run-tool.ts'
import { oddKeys } from './odd-keys.ts'
import { startS3 } from './support.ts'

/** A folder with a large file and one whose name needs encoding. */
function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 's3-tools-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  writeFileSync(join(directory, 'big'), randomBytes(12_000_000))
  writeFileSync(join(directory, 'a b+é.txt'), 'hello')
  return directory
}

/** No certificates of anybody's: everything is on this machine and without TLS. */
const plain = { AWS_CA_BUNDLE: '' }

test.skipIf(!hasTool('aws', '--version'))(
  'AWS CLI: mb, sync there and back, rm, rb',
  async () => {
    const { env } = await startS3()
    const from = folder()
    const to = `${from}/back`
    const aws = async (...args: string[]) => {
      const { code, stderr } = await runTool('aws', ['s3', ...args], { ...env, ...plain })
      expect([code, stderr]).toEqual([0, ''])
    }
    await aws('mb', 's3://cli')
    await aws('cp', '--recursive', '--quiet', from, 's3://cli/d')
    await aws('sync', '--quiet', 's3://cli/d', to)
    expect(readFileSync(join(to, 'big')).equals(readFileSync(join(from, 'big')))).toBe(true)
    expect(readFileSync(join(to, 'a b+é.txt'), 'utf8')).toBe('hello')
    await aws('rm', '--recursive', '--quiet', 's3://cli')
    await aws('rb', 's3://cli')
  },
  120_000,
)

test.skipIf(!hasTool('restic', 'version'))(
  'restic: a backup, its check and its restoration',
  async () => {
    const { env, endpoint } = await startS3()
    const from = folder()
    const restic = async (...args: string[]) => {
      const { code, stderr } = await runTool('restic', ['-q', ...args], {
        ...env,
        ...plain,
        RESTIC_REPOSITORY: `s3:${endpoint}/backups`,
        RESTIC_PASSWORD: 'secret',
        RESTIC_CACHE_DIR: join(from, 'cache'),
      })
      expect([code, stderr]).toEqual([0, ''])
    }
    await restic('init')
    await restic('backup', join(from, 'big'), join(from, 'a b+é.txt'))
    await restic('check')
    await restic('restore', 'latest', '--target', join(from, 'restored'))
    const restored = join(from, 'restored', from)
    expect(readFileSync(join(restored, 'big')).equals(readFileSync(join(from, 'big')))).toBe(true)
    expect(readFileSync(join(restored, 'a b+é.txt'), 'utf8')).toBe('hello')
  },
  120_000,
)

test.skipIf(!hasTool('rclone', 'version'))(
  'rclone: sync and check',
  async () => {
    const { env, endpoint } = await startS3()
    const from = folder()
    const settings = {
      TYPE: 's3',
      PROVIDER: 'Other',
      ENDPOINT: endpoint,
      ACCESS_KEY_ID: 'test',
      SECRET_ACCESS_KEY: 'test',
      REGION: 'us-east-1',
    }
    const config = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`RCLONE_CONFIG_L_${name}`, value]),
    )
    const rclone = async (...args: string[]) => {
      const { code, stderr } = await runTool('rclone', ['-q', ...args], { ...env, ...plain, ...config })
      expect([code, stderr]).toEqual([0, ''])
    }
    await rclone('mkdir', 'l:mirror')
    await rclone('sync', from, 'l:mirror/d')
    await rclone('check', from, 'l:mirror/d')
    await rclone('purge', 'l:mirror')
  },
  120_000,
)

test.skipIf(!hasTool('python3', '-c', 'import boto3'))(
  'boto3: odd keys in every list, checksums, uploads in parts, conditions, signed URLs',
  async () => {
    const { env } = await startS3()
    const { code, stdout, stderr } = await runTool(
      'python3',
      [join(import.meta.dirname, 'children', 'boto3_walk.py')],
      { ...env, ...plain, ODD_KEYS: JSON.stringify(oddKeys) },
    )
    expect([code, stderr, stdout]).toEqual([0, '', 'done\n'])
  },
  120_000,
)

test.skipIf(!hasTool('s3cmd', '--version'))(
  's3cmd: mb, put, ls, get, sync, multipart, signurl, del, rb',
  async () => {
    const { endpoint } = await startS3()
    const from = folder()
    const host = endpoint.replace('http://', '')
    const config = join(from, 's3cfg')
    const settings = { access_key: 'test', secret_key: 'test', host_base: host, host_bucket: host }
    const lines = Object.entries({ ...settings, use_https: 'False', signature_v2: 'False' })
    writeFileSync(config, `[default]\n${lines.map(([name, value]) => `${name} = ${value}\n`).join('')}`)
    const s3cmd = async (...args: string[]) => {
      const { code, stdout, stderr } = await runTool('s3cmd', ['-c', config, '--no-progress', ...args], {
        LC_ALL: 'C.UTF-8',
      })
      expect([args.join(' '), code, stderr]).toEqual([args.join(' '), 0, ''])
      return stdout
    }
    await s3cmd('mb', 's3://cmd')
    await s3cmd('--multipart-chunk-size-mb=5', 'put', join(from, 'big'), 's3://cmd/big')
    await s3cmd('put', join(from, 'a b+é.txt'), 's3://cmd/d/a b+é.txt')
    expect((await s3cmd('ls', '-r', 's3://cmd')).match(/s3:\/\/\S.*$/gm)).toEqual([
      's3://cmd/big',
      's3://cmd/d/a b+é.txt',
    ])
    await s3cmd('get', 's3://cmd/big', join(from, 'back'))
    expect(readFileSync(join(from, 'back')).equals(readFileSync(join(from, 'big')))).toBe(true)
    const url = (await s3cmd('signurl', 's3://cmd/d/a b+é.txt', '+60')).trim()
    expect(await (await fetch(url)).text()).toBe('hello')
    await s3cmd('cp', 's3://cmd/big', 's3://cmd/copy')
    await s3cmd('del', '--recursive', '--force', 's3://cmd')
    await s3cmd('rb', 's3://cmd')
  },
  120_000,
)

const mounts = existsSync('/dev/fuse') && hasTool('s3fs', '--version') && hasTool('fusermount', '-V')

test.skipIf(!mounts)(
  's3fs: a mounted bucket is written, renamed, listed and read',
  async () => {
    const { endpoint, s3 } = await startS3()
    await s3.send(new CreateBucketCommand({ Bucket: 'mounted' }))
    const from = folder()
    const point = join(from, 'mount')
    mkdirSync(point)
    writeFileSync(join(from, 'password'), 'test:test', { mode: 0o600 })
    const options = [`url=${endpoint}`, `passwd_file=${join(from, 'password')}`, 'use_path_request_style']
    const { code, stderr } = await runTool('s3fs', ['mounted', point, ...options.flatMap(o => ['-o', o])], {})
    expect([code, stderr]).toEqual([0, ''])
    try {
      // Another process: this one's event loop answers the file system.
      const script =
        'cp ../big big && mkdir d && cp "../a b+é.txt" d/ && mv big d/moved && ls d && cmp d/moved ../big'
      const done = await runTool('sh', ['-c', `cd "$0" && ${script}`, point], { LC_ALL: 'C.UTF-8' })
      expect(done).toEqual({ code: 0, stdout: 'a b+é.txt\nmoved\n', stderr: '' })
    } finally {
      await runTool('fusermount', ['-u', '-z', point], {})
    }
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'mounted' }))
    expect(Contents.map(({ Key }) => Key)).toEqual(['d/', 'd/a b+é.txt', 'd/moved'])
  },
  120_000,
)
