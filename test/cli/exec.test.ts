import { afterAll, expect, test } from 'vitest'
import { commandFile, runCommand, startCommand } from '../support/lambdarium-command.ts'
import { greetingFiles, temporaryProject } from '../support/temporary-project.ts'

const project = temporaryProject({
  ...greetingFiles,
  'call.mjs': `const answer = await fetch(process.env.LAMBDARIUM_API + '/dev/greeting?name=Ada')
console.log(JSON.stringify({ ...await answer.json(), args: process.argv.slice(2), key: process.env.AWS_ACCESS_KEY_ID }))
`,
  'wait.mjs': `process.on('SIGTERM', () => process.exit(7))
console.error('waiting')
setInterval(() => {}, 1000)
`,
  'lambdarium.config.json': '{"port": 3999, "credentials": [{"accessKeyId": "AK", "secretAccessKey": "s"}]}',
  'event.json': '{"name": "Eve", "table": "t"}',
})
const cwd = project.directory
const node = process.execPath
afterAll(() => project.remove())

test('the command runs with the environment set, its flags are its own', async () => {
  const { exitCode, stdout } = await runCommand(['exec', '--', node, 'call.mjs', '--port', '1', '--', '-x'], {
    cwd,
  })
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    greeting: 'Hello Ada!',
    table: '',
    args: ['--port', '1', '--', '-x'],
    key: 'AK',
  })
  const bare = await runCommand(['exec', node, 'call.mjs', '-h'], { cwd })
  expect(JSON.parse(bare.stdout).args).toEqual(['-h'])
})

test("the command's exit code is ours", async () => {
  expect((await runCommand(['exec', '--', node, '-e', 'process.exit(3)'], { cwd })).exitCode).toBe(3)
  const missing = await runCommand(['exec', '--', 'no-such-command-at-all'], { cwd })
  expect([missing.exitCode, missing.stderr]).toEqual([
    1,
    expect.stringContaining('`no-such-command-at-all` was not found'),
  ])
  expect((await runCommand(['exec'], { cwd })).exitCode).toBe(2)
})

test.skipIf(process.platform === 'win32')('signals go to the command, and everything ends', async () => {
  const command = startCommand(['exec', '--', node, 'wait.mjs'], { cwd })
  await command.saw('waiting')
  command.child.kill('SIGTERM')
  expect((await command.ended).exitCode).toBe(7)
  const killed = await runCommand(['exec', '--', node, '-e', "process.kill(process.pid, 'SIGKILL')"], { cwd })
  expect(killed.exitCode).toBe(137)
})

test('invoke: the result on stdout, the log on stderr', async () => {
  const result = await runCommand(['invoke', 'greeting', '-e', 'event.json'], { cwd })
  expect([result.exitCode, JSON.parse(result.stdout)]).toEqual([0, { greeting: 'Hello Eve!', table: 't' }])
  expect(result.stderr).toMatch(/START RequestId: [\s\S]*greeting Eve[\s\S]*REPORT RequestId: /)
  const piped = await runCommand(['invoke', 'greeting', '-e', '-'], { cwd, input: '{"name":"Bob"}' })
  expect(JSON.parse(piped.stdout)).toEqual({ greeting: 'Hello Bob!' })
  const asynchronous = await runCommand(['invoke', 'greeting', '--async', '-e', 'event.json'], { cwd })
  expect([asynchronous.exitCode, asynchronous.stdout]).toEqual([0, ''])
  expect(asynchronous.stderr).toContain('greeting Eve')
  const unknown = await runCommand(['invoke', 'greting'], { cwd })
  expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining('Did you mean `greeting`?')])
})

test('invoke: a function that fails ends with 1', async () => {
  project.write('handlers/fails.mjs', "export const handler = async () => { throw new TypeError('no') }\n")
  const { exitCode, stdout } = await runCommand(['invoke', 'fails'], { cwd })
  expect(exitCode).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ errorType: 'TypeError', errorMessage: 'no' })
})

test('request finds the simulator of exec, and speaks as a role', async () => {
  const own = temporaryProject({
    ...greetingFiles,
    'lambdarium.config.json': JSON.stringify({
      resources: {
        roles: {
          caller: {
            assumeRolePolicy: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }],
            },
            policies: {
              invoke: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }],
              },
            },
          },
          nobody: {
            assumeRolePolicy: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }],
            },
          },
        },
      },
    }),
  })
  const as = (role: string) =>
    runCommand(['exec', '--', node, commandFile, 'request', 'GET', '/dev/private', '--as', role], {
      cwd: own.directory,
    })
  const allowed = await as('caller')
  expect([allowed.stderr, allowed.stdout]).toEqual([
    'HTTP/1.1 200 OK\n',
    expect.stringMatching(/^GET null http/),
  ])
  const denied = await as('arn:aws:iam::000000000000:role/nobody')
  expect(denied.stdout).toContain('is not authorized to perform: execute-api:Invoke')
  const unknown = await as('missing')
  expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining('cannot be assumed')])
  own.remove()
})

test('request: plain and signed, against the running simulator', async () => {
  const args = ['start', '--port', '0', '--aws-port', '0', '--log-format', 'json']
  const running = startCommand(args, { cwd })
  await running.saw('"ready"')
  const request = (...given: string[]) => runCommand(['request', ...given], { cwd })
  expect(await request('GET', '/dev/greeting?name=Ada')).toMatchObject({
    exitCode: 0,
    stdout: '{"greeting":"Hello Ada!","table":""}',
    stderr: 'HTTP/1.1 200 OK\n',
  })
  expect((await request('POST', '/dev/proxy', '-d', '007')).stdout).toMatch(/^POST 007 /)
  expect((await request('POST', '/dev/proxy', '-d', '-1')).stdout).toMatch(/^POST -1 /)
  const included = await request('GET', '/dev/nothing', '-i', '-f')
  expect(included.exitCode).toBe(1)
  expect(included.stdout).toMatch(
    /^HTTP\/1\.1 403 Forbidden\n[\s\S]*x-amzn-ErrorType: MissingAuthenticationTokenException\n[\s\S]*\n\n\{/i,
  )
  expect((await request('GET', '/dev/private')).stderr).toContain('403')
  expect((await request('GET', '/dev/private', '--sign')).stderr).toContain('200')
  expect((await request('GET', '/dev/private', '--as', 'AK')).stderr).toContain('200')
  const unknown = await request('GET', '/dev/private', '--as', 'AKIAIOSFODNN7EXAMPLE')
  expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining('Nobody told the secret')])
  running.child.kill()
  await running.ended
  const stopped = await request('GET', '/dev/greeting', '--port', '1')
  expect([stopped.exitCode, stopped.stderr]).toEqual([
    1,
    expect.stringContaining('Nothing answers on http://127.0.0.1:1'),
  ])
})
