import { expect, test } from 'vitest'
import { generateEvent } from '../../src/cli/commands/event.ts'
import { sampleEvents } from '../../src/cli/events/sample-events.ts'
import { runCommand } from '../support/lambdarium-command.ts'
import { temporaryProject } from '../support/temporary-project.ts'

const facts = {
  account: '000000000000',
  region: 'us-east-1',
  now: Date.UTC(2026, 0, 1),
  id: () => '00000000-0000-4000-8000-000000000000',
  values: new Map<string, string>(),
}

test.each(Object.keys(sampleEvents))('%s is an event that JSON can carry', source => {
  const event = generateEvent(source, facts)
  expect(JSON.parse(JSON.stringify(event))).toEqual(event)
})

test('values are set, and unknown ones refused', () => {
  const values = new Map([['key', 'a b/ü.jpg']])
  expect(generateEvent('s3:put', { ...facts, values })).toMatchObject({
    Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: 'a+b/%C3%BC.jpg' } } }],
  })
  expect(() => generateEvent('s3:put', { ...facts, values: new Map([['nonsense', '1']]) })).toThrow(
    's3:put has no `nonsense`; it has bucket, key, size, etag',
  )
})

test('a generated event is piped into a function, and a named one is found', {
  timeout: 30_000,
}, async () => {
  const project = temporaryProject({
    'handlers/key.mjs': 'export const handler = async ({ Records: [{ s3 }] }) => s3.object.key',
  })
  try {
    const generated = await runCommand(['event', 's3:put', 'key=up.jpg'], { cwd: project.directory })
    expect([generated.exitCode, generated.stderr]).toEqual([0, ''])
    const piped = await runCommand(['invoke', 'key', '-e', '-'], {
      cwd: project.directory,
      input: generated.stdout,
    })
    expect(JSON.parse(piped.stdout)).toBe('up.jpg')
    project.write('events/upload.json', generated.stdout)
    const named = await runCommand(['invoke', 'key', '-e', 'upload'], { cwd: project.directory })
    expect(JSON.parse(named.stdout)).toBe('up.jpg')
  } finally {
    project.remove()
  }
})
