import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'
import { startCommand } from '../../support/lambdarium-command.ts'
import { recordsOf, triggersProject } from './support.ts'

test('an event that a killed simulator had not delivered reaches its function after the restart', async () => {
  const project = triggersProject({
    resources: { buckets: ['kept'] },
    triggers: [{ bucket: 'kept', function: 'record' }],
    chaos: { delay: 3_600_000 },
  })
  onTestFinished(() => project.remove())
  const keys = Array.from({ length: 20 }, (_, index) => `k${index}`)
  const command = startCommand(['--log-format', 'json', '--port', '0', '--aws-port', '0'], {
    cwd: project.directory,
  })
  const ready = JSON.parse((await command.saw('"ready"')).trimEnd().split('\n').at(-1) ?? '')
  const s3 = new S3Client({
    endpoint: ready.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
  })
  onTestFinished(() => s3.destroy())
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: 'kept', Key, Body: 'x' }))
  command.child.kill('SIGKILL')
  await command.ended

  const simulator = await createSimulator({
    project: project.directory,
    data: join(project.directory, '.lambdarium'),
    chaos: {},
  })
  onTestFinished(() => simulator.stop())
  await simulator.idle()
  const told = recordsOf(simulator, 'record').map(({ s3: { object } }) => String(object['key']))
  // At least once: what had been handed over just before the end may come again.
  expect(keys.filter(key => !told.includes(key))).toEqual([])
})
