import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InvokeCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'
import { temporaryProject } from '../../support/temporary-project.ts'
import { json, startLambda, zipOf } from './lambda-simulator.ts'

test('handlers/*.zip are functions of the project, and a new archive replaces the old one', async () => {
  const { simulator, lambda, directory } = await startLambda({}, { watch: true })
  mkdirSync(join(directory, 'handlers'))
  const put = async (name: string, files: Parameters<typeof zipOf>[0]) =>
    writeFileSync(join(directory, 'handlers', name), await zipOf(files))
  const names = async () =>
    (await lambda.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionName }) => FunctionName)
  const run = async (FunctionName: string) =>
    json((await lambda.send(new InvokeCommand({ FunctionName }))).Payload)

  await put('packed.zip', {
    'index.js': 'exports.handler = async () => require("./deep/value")',
    'deep/value.js': 'module.exports = "one"',
  })
  await put('typed.zip', { 'index.ts': 'export const handler = async (): Promise<string> => "typed"' })
  await expect.poll(names, { timeout: 20_000 }).toEqual(['packed', 'typed'])
  expect([await run('packed'), await run('typed')]).toEqual(['one', 'typed'])

  await put('packed.zip', { 'index.js': 'exports.handler = async () => "two"' })
  await expect.poll(() => run('packed'), { timeout: 20_000 }).toBe('two')
  await simulator.idle()
})

test('an archive that cannot be unpacked is a problem with its name', async () => {
  const project = temporaryProject({ 'handlers/broken.zip': 'no archive' })
  try {
    await expect(createSimulator({ project: project.directory })).rejects.toThrow(
      'handlers/broken.zip cannot be unpacked',
    )
  } finally {
    project.remove()
  }
})
