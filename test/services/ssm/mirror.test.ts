import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createSimulatedClock } from '../../../src/ports/index.ts'
import { createSsm, type Mirror, mirrorParameters } from '../../../src/services/ssm/index.ts'
import { type StartedDoor, startDoor } from '../../support/aws-door.ts'

let directory: string
const logged: [string, unknown][] = []
const log = {
  debug() {},
  info: (_fields: object, message: string) => void logged.push(['info', message]),
  warn() {},
  error: (fields: object) => void logged.push(['error', (fields as { error: Error }).error.message]),
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lambdarium-parameters-'))
  logged.length = 0
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const file = async (name: string, content: unknown): Promise<void> => {
  const path = join(directory, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
}

async function start(
  watch: boolean,
): Promise<{ door: StartedDoor; ssm: SSMClient; mirror: Mirror; all(): Promise<unknown> }> {
  const door = await startDoor({ services: [createSsm()], clock: createSimulatedClock() })
  const mirror = await mirrorParameters({
    directory,
    state: door.environment,
    account: '000000000000',
    region: 'us-east-1',
    log,
    watch,
  })
  onTestFinished(() => mirror.close())
  const ssm = new SSMClient(door.clientConfig())
  const all = async () => {
    const command = new GetParametersByPathCommand({ Path: '/', Recursive: true, WithDecryption: true })
    const { Parameters } = await ssm.send(command)
    return Parameters?.map(({ Name, Type, Value }) => [Name, Type, Value])
  }
  return { door, ssm, mirror, all }
}

test('files and nested objects are the hierarchy', async () => {
  await file('dev/app.json', {
    url: 'http://x',
    limits: { rows: 10, strict: false },
    hosts: ['a', 'b'],
    password: { type: 'SecureString', value: 's3cret', description: 'the database' },
    value: 'a name like any other',
    '/shared/key': 'absolute',
  })
  await file('index.json', { top: 'level' })
  await file('notes.txt', 'not a parameter')
  const { all } = await start(false)
  expect(await all()).toEqual([
    ['/dev/app/hosts', 'StringList', 'a,b'],
    ['/dev/app/limits/rows', 'String', '10'],
    ['/dev/app/limits/strict', 'String', 'false'],
    ['/dev/app/password', 'SecureString', 's3cret'],
    ['/dev/app/url', 'String', 'http://x'],
    ['/dev/app/value', 'String', 'a name like any other'],
    ['/shared/key', 'String', 'absolute'],
    ['/top', 'String', 'level'],
  ])
})

test('only changes make versions; lines that go take their parameters, others stay', async () => {
  await file('a.json', { one: '1', two: '2' })
  const { ssm, mirror, all } = await start(false)
  await ssm.send(new PutParameterCommand({ Name: '/a/mine', Value: 'kept', Type: 'String' }))
  expect(await mirror.sync()).toEqual({ written: [], removed: [] })
  await file('a.json', { one: '1!', three: { type: 'SecureString', value: '3' } })
  expect(await mirror.sync()).toEqual({ written: ['/a/one', '/a/three'], removed: ['/a/two'] })
  expect(await all()).toEqual([
    ['/a/mine', 'String', 'kept'],
    ['/a/one', 'String', '1!'],
    ['/a/three', 'SecureString', '3'],
  ])
  const { Parameters } = await ssm.send(new GetParameterHistoryCommand({ Name: '/a/one' }))
  expect(Parameters?.map(({ Version }) => Version)).toEqual([1, 2])
  await file('a.json', { one: { type: 'SecureString', value: '1!' } })
  expect(await mirror.sync()).toEqual({ written: ['/a/one'], removed: ['/a/three'] })
})

test('the folder is watched; a broken file is reported and changes nothing', async () => {
  await file('a.json', { one: '1' })
  const { all } = await start(true)
  await file('a.json', { one: '2' })
  await expect.poll(all).toEqual([['/a/one', 'String', '2']])
  await file('a.json', '{ "one": }')
  await expect.poll(() => logged.at(-1)?.[0]).toBe('error')
  expect(String(logged.at(-1)?.[1])).toContain('not JSON')
  expect(await all()).toEqual([['/a/one', 'String', '2']])
  await file('b/c.json', { two: '2' })
  await file('a.json', { one: '3' })
  await expect.poll(all).toEqual([
    ['/a/one', 'String', '3'],
    ['/b/c/two', 'String', '2'],
  ])
})

test('a wrong file at the start is an error with its place', async () => {
  await file('a.json', '{\n  "one": 1,\n  two\n}')
  await expect(start(false)).rejects.toMatchObject({
    name: 'UserError',
    code: 'parameter-file',
    position: { file: join(directory, 'a.json'), line: 3, column: 3 },
  })
  await file('a.json', { one: null })
  await expect(start(false)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('/a/one'),
  })
  await file('a.json', { one: 'x' })
  await file('index.json', { a: { one: 'y' } })
  await expect(start(false)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('stands in two files'),
  })
})

test('a missing folder is an empty one', async () => {
  await rm(directory, { recursive: true })
  const { all } = await start(true)
  expect(await all()).toEqual([])
})
