import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hasTool, runTool } from '../../support/run-tool.ts'
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
