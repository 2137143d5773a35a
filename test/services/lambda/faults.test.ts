import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'
import { startCommand } from '../../support/lambdarium-command.ts'
import { temporaryProject } from '../../support/temporary-project.ts'
import { role, zipOf } from './lambda-simulator.ts'

const clientOf = (endpoint: string) =>
  new LambdaClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })

test('kill -9 with an event of an API function queued: the next run has the function and runs the event', {
  timeout: 240_000,
}, async () => {
  const project = temporaryProject()
  onTestFinished(project.remove)
  const flags = [
    'start',
    '--project',
    project.directory,
    '--port',
    '0',
    '--aws-port',
    '0',
    '--log-format',
    'json',
    '--no-watch',
  ]
  const running = startCommand(flags, { cwd: project.directory })
  const ready = /"aws":"([^"]+)"/.exec(await running.saw('"msg":"ready"'))
  const lambda = clientOf(ready?.[1] ?? '')
  // The first run never comes to its end: it waits for a file that only the test makes.
  const code = `const fs = require('node:fs')
exports.handler = async ({ go, done, began }) => {
  fs.writeFileSync(began, 'x')
  while (!fs.existsSync(go)) await new Promise(r => setTimeout(r, 5))
  fs.writeFileSync(done, 'done')
}`
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Timeout: 60,
      Code: { ZipFile: await zipOf({ 'index.js': code }) },
    }),
  )
  const at = (name: string) => join(project.directory, name)
  const Payload = Buffer.from(JSON.stringify({ go: at('go'), done: at('done'), began: at('began') }))
  await lambda.send(new InvokeCommand({ FunctionName: 'fn', InvocationType: 'Event', Payload }))
  await expect.poll(() => existsSync(at('began')), { timeout: 10_000 }).toBe(true)
  running.child.kill('SIGKILL')
  await running.ended
  expect(existsSync(at('done'))).toBe(false)
  project.write('go', '')
  const again = await createSimulator({
    project: project.directory,
    data: join(project.directory, '.lambdarium'),
  })
  try {
    const { Functions } = await clientOf(again.aws).send(new ListFunctionsCommand({}))
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['fn'])
    await expect.poll(() => existsSync(at('done')), { timeout: 10_000 }).toBe(true)
    await again.idle()
  } finally {
    await again.stop()
  }
  expect(readFileSync(at('done'), 'utf8')).toBe('done')
})

// A process whose files may have 200 KB gets the same errors as one whose disk is full.
test.skipIf(process.platform === 'win32')(
  'no room on disk while publishing: a clear error, and nothing is left',
  { timeout: 240_000 },
  async () => {
    const project = temporaryProject()
    onTestFinished(project.remove)
    const script = `
import { readFileSync } from 'node:fs'
import { openPackages } from './src/services/lambda/packages/packages.ts'
import { createRandomIds } from './src/ports/index.ts'
const packages = openPackages(process.argv[2], createRandomIds())
await packages.add(readFileSync(process.argv[3])).then(() => console.log('stored'), error => console.log(error.code))
await packages.add(readFileSync(process.argv[4])).then(({ unpacked }) => console.log(unpacked), error => console.log(error.code))
`
    const bundle = join(project.directory, 'publish.mjs')
    await build({
      stdin: { contents: script, resolveDir: process.cwd(), loader: 'ts' },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
      },
    })
    writeFileSync(join(project.directory, 'large.zip'), await zipOf({ 'large.bin': randomBytes(1_000_000) }))
    writeFileSync(join(project.directory, 'small.zip'), await zipOf({ 'index.js': 'exports.x = 1' }))
    const packages = join(project.directory, 'packages')
    const printed = execFileSync(
      '/bin/sh',
      [
        '-c',
        'ulimit -f 400; exec "$@"',
        'sh',
        process.execPath,
        bundle,
        packages,
        join(project.directory, 'large.zip'),
        join(project.directory, 'small.zip'),
      ],
      { encoding: 'utf8' },
    )
    expect(printed.trim().split('\n')).toEqual(['CodeStorageExceededException', '13'])
    expect(readdirSync(packages)).toEqual([expect.stringMatching(/^[0-9a-z]{32}$/)])
  },
)
