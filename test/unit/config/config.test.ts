import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConfigError, loadConfig, terminalPreferences } from '../../../src/config/index.ts'
import { UserError } from '../../../src/lib/index.ts'

let project: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'lambdarium-test-'))
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

function write(name: string, text: string): string {
  const file = join(project, name)
  writeFileSync(file, text)
  return file
}

/** Every problem as `line:column code message | hint`. */
async function problems(origins: Partial<Parameters<typeof loadConfig>[0]> = {}): Promise<string[]> {
  const failure: unknown = await loadConfig({ directory: project, ...origins }).catch(error => error)
  const found = failure instanceof ConfigError ? failure.problems : [failure]
  return found.map(problem => {
    if (!(problem instanceof UserError)) throw problem
    const { position, code, message, hint } = problem
    const place = position === undefined ? '-' : `${position.line}:${position.column}`
    return `${place} ${code} ${message}${hint === undefined ? '' : ` | ${hint}`}`
  })
}

test('an empty folder has the documented defaults', async () => {
  const { config, file } = await loadConfig({ directory: project })
  expect(file).toBeUndefined()
  expect(config).toEqual({
    project,
    port: 3000,
    awsPort: 4566,
    host: '127.0.0.1',
    stage: 'dev',
    stages: {},
    ephemeral: false,
    logFormat: 'pretty',
    logLevel: 'info',
    strict: false,
    strictPort: false,
    watch: true,
    open: false,
    inspect: false,
    account: '000000000000',
    region: 'us-east-1',
    credentials: [{ accessKeyId: 'test', secretAccessKey: 'test' }],
    auth: 'on',
    functions: {},
    functionDefaults: {},
    triggers: [],
    usagePlans: {},
    openIdKeys: {},
    resources: {},
    templates: { engine: 'aws', limits: {} },
    placeholders: {},
    basePath: 'ignore',
    integrationTimeout: 29000,
    cors: false,
    apiKeys: {},
    allowedHosts: [],
    allowedOrigins: [],
    dynamodb: { tableDelay: 0 },
    s3: { eventVersion: '2.1' },
    chaos: {},
    journal: { size: 1000 },
  })
})

test('flags are stronger than variables, these than the file, this than the defaults of the caller', async () => {
  write(
    'lambdarium.config.json',
    '{ "port": 1, "awsPort": 1, "region": "eu-west-1", "data": "state", "account": "111111111111" }',
  )
  const { config, given, file } = await loadConfig({
    directory: project,
    flags: { port: 3, ephemeral: undefined },
    environment: { PORT: '2', LAMBDARIUM_AWS_PORT: '2', HOST: '0.0.0.0', LAMBDARIUM_STRICT: 'true' },
    defaults: { ephemeral: true, region: 'us-west-2' },
  })
  expect(config).toMatchObject({
    port: 3,
    awsPort: 2,
    host: '0.0.0.0',
    strict: true,
    ephemeral: true,
    region: 'eu-west-1',
    account: '111111111111',
    data: join(project, 'state'),
  })
  expect(file).toBe(join(project, 'lambdarium.config.json'))
  expect([...given].sort()).toEqual(['account', 'awsPort', 'data', 'host', 'port', 'region', 'strict'])
})

test('a TypeScript configuration runs with its imports, and they are what to watch', async () => {
  const tables = write('tables.ts', "export const table: string = 'Rides'\n")
  const file = write(
    'lambdarium.config.ts',
    `import { defineConfig } from 'lambdarium'
import { basename } from 'node:path'
import { table } from './tables.ts'
export default defineConfig({
  stages: { prod: { variables: { table, home: basename(import.meta.dirname), count: 3 } } },
  triggers: [{ bucket: 'photos', function: 'thumbnail' }, { schedule: 'rate(5 minutes)', function: 'sweep' }],
})
`,
  )
  const { config, dependencies } = await loadConfig({ directory: project })
  expect(config.stages).toEqual({
    prod: { variables: { table: 'Rides', home: project.split('/').at(-1), count: '3' } },
  })
  expect(config.triggers).toEqual([
    { bucket: 'photos', function: 'thumbnail', events: ['s3:ObjectCreated:*'] },
    { schedule: 'rate(5 minutes)', function: 'sweep', enabled: true },
  ])
  expect([...dependencies].sort()).toEqual([file, tables].sort())
})

test('unknown keys name the nearest one, at their place in the file', async () => {
  write(
    'lambdarium.config.ts',
    `// port: what is in a comment does not count
export default {
  prot: 3001,
  functions: {
    greeting: { timeot: 3, handler: 'x: { timeot }' },
  },
  templates: { engine: 'aws', limits: { forEach: 10 } },
  nothingLikeIt: 1,
}
`,
  )
  expect(await problems()).toEqual([
    '5:17 unknown-config-key `functions.greeting` has no key `timeot` | Did you mean `timeout`?',
    '7:41 unknown-config-key `templates.limits` has no key `forEach` | Did you mean `foreach`?',
    '3:3 unknown-config-key The configuration has no key `prot` | Did you mean `port`?',
    expect.stringContaining(
      '8:3 unknown-config-key The configuration has no key `nothingLikeIt` | Keys: project, port',
    ),
  ])
})

test('wrong values say what they should be', async () => {
  write(
    'lambdarium.config.json',
    `{
  "port": "3000",
  "account": "12",
  "auth": "maybe",
  "triggers": [
    { "table": "Rides", "function": "f", "batchSise": 5 },
    { "schedule": "every day", "function": "f" },
    { "bucket": "b" },
    { "function": "f" }
  ],
  "functions": { "a": { "timeout": 5000 } }
}`,
  )
  expect(await problems()).toEqual([
    '2:3 invalid-config `port` is not a number | Port of the API door; 0 takes a free one.',
    '3:3 invalid-config `account` is no twelve digits | The AWS account that everything belongs to.',
    '4:3 invalid-config `auth` is not one of "on", "off", "warn" | Whether signatures and policies decide: `on`; `warn` lets pass and prints what AWS would have refused; `off`.',
    '11:25 invalid-config `functions.a.timeout` is more than 900',
    '6:42 unknown-config-key `triggers[0]` has no key `batchSise` | Did you mean `batchSize`?',
    '7:7 invalid-config `triggers[1].schedule` is no `rate(…)`, `cron(…)` or `at(…)`',
    '8:5 invalid-config `triggers[2].function` is missing; it is a string',
    '9:5 invalid-config `triggers[3]` is none of the forms that it may have',
  ])
})

test('flags and variables are named as they were given', async () => {
  expect(
    await problems({
      flags: { port: 70_000 },
      flagNames: new Map([['port', '--port']]),
      environment: { LAMBDARIUM_AUTH: 'x' },
    }),
  ).toEqual([
    '- invalid-config --port is more than 65535 | Port of the API door; 0 takes a free one.',
    '- invalid-config LAMBDARIUM_AUTH is not one of "on", "off", "warn" | Whether signatures and policies decide: `on`; `warn` lets pass and prints what AWS would have refused; `off`.',
  ])
})

test('a file that is no program says where', async () => {
  write('lambdarium.config.json', '{\n  "port": 1,,\n}')
  expect(await problems()).toEqual([expect.stringMatching(/^2:13 config-syntax /)])
  write('lambdarium.config.ts', 'export default {\n  port: = 3\n}\n')
  expect(await problems()).toEqual(['2:9 config-syntax Unexpected "="'])
  write('lambdarium.config.ts', "throw new Error('no database')\nexport default {}\n")
  expect(await problems()).toEqual(['1:1 config-failed The configuration failed: no database'])
  write('lambdarium.config.ts', 'export const config = {}\n')
  expect(await problems()).toEqual([
    '1:1 config-failed The configuration exports nothing | Write `export default defineConfig({ … })`',
  ])
  write('lambdarium.config.ts', 'export default 5\n')
  expect(await problems()).toEqual(['1:1 invalid-config The configuration is not an object'])
})

test('colour and interaction follow the variables that terminals know', () => {
  const of = (isTTY: boolean, environment: Record<string, string>) =>
    Object.values(terminalPreferences({ isTTY }, environment))
  expect(of(true, {})).toEqual([true, true])
  expect(of(false, {})).toEqual([false, false])
  expect(of(true, { NO_COLOR: '1' })).toEqual([false, true])
  expect(of(false, { FORCE_COLOR: '1', NO_COLOR: '1' })).toEqual([true, false])
  expect(of(true, { FORCE_COLOR: '0' })).toEqual([false, true])
  expect(of(true, { CI: 'true' })).toEqual([true, false])
  expect(of(true, { TERM: 'dumb' })).toEqual([false, false])
})
