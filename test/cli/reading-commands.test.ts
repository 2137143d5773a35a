import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../support/lambdarium-command.ts'
import { greetingFiles, temporaryProject } from '../support/temporary-project.ts'

const project = temporaryProject(greetingFiles)
const cwd = project.directory
afterAll(() => project.remove())

test('routes: a table, or JSON', async () => {
  const table = await runCommand(['routes'], { cwd })
  expect([table.exitCode, table.stderr]).toEqual([0, ''])
  expect(table.stdout.split('\n')).toEqual([
    'GET  /dev/greeting  → greeting  aws',
    'ANY  /dev/proxy     → proxy     aws_proxy',
    'GET  /dev/private   → proxy     aws_proxy  IAM',
    '',
  ])
  const json = await runCommand(['routes', '--json', '--stage', 'prod'], { cwd })
  expect(JSON.parse(json.stdout)).toMatchObject([
    { method: 'GET', path: '/greeting', stage: 'prod', target: 'greeting', position: 'swagger/api.yaml:5:5' },
    { method: 'ANY', path: '/proxy', integration: 'AWS_PROXY' },
    { method: 'GET', path: '/private', authorization: 'AWS_IAM' },
  ])
})

test('validate: fine, and wrong with every problem at its place', async () => {
  const fine = await runCommand(['validate'], { cwd })
  expect([fine.exitCode, fine.stderr]).toEqual([0, '✔ 1 API, 2 functions, no problem\n'])
  const wrong = temporaryProject({
    ...greetingFiles,
    'mapping-templates/greeting.vtl': '{\n  #if($x\n}',
    'swagger/other.yaml': 'swagger: [',
  })
  const { exitCode, stdout } = await runCommand(['validate'], { cwd: wrong.directory })
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/mapping-templates\/greeting\.vtl:\d+:\d+/)
  expect(stdout).toMatch(/swagger\/other\.yaml:\d+:\d+/)
  wrong.remove()
})

test('env: four shells', async () => {
  const lines = async (shell: string) =>
    (await runCommand(['env', '--shell', shell, '--aws-port', '4999'], { cwd })).stdout.split('\n')[0]
  expect(await lines('sh')).toBe('export AWS_ENDPOINT_URL=http://127.0.0.1:4999')
  expect(await lines('fish')).toBe('set -gx AWS_ENDPOINT_URL http://127.0.0.1:4999;')
  expect(await lines('powershell')).toBe("$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:4999'")
  expect(await lines('dotenv')).toBe('AWS_ENDPOINT_URL=http://127.0.0.1:4999')
})

test('export: one document with templates inlined', async () => {
  const { exitCode, stdout } = await runCommand(['export', 'api'], { cwd })
  expect(exitCode).toBe(0)
  const integration = JSON.parse(stdout).paths['/greeting'].get['x-amazon-apigateway-integration']
  expect(integration.requestTemplates).toEqual({
    'application/json': greetingFiles['mapping-templates/greeting.vtl'],
  })
  const written = await runCommand(['export', 'api', '-o', 'out.yaml'], { cwd })
  expect([written.exitCode, written.stdout]).toEqual([0, ''])
  expect(readFileSync(join(cwd, 'out.yaml'), 'utf8')).toContain('x-amazon-apigateway-integration:')
  expect((await runCommand(['export', 'nothing'], { cwd })).exitCode).toBe(1)
})

test('state: export, import, reset', async () => {
  const write = (name: string, text: string) => project.write(name, text)
  write('.lambdarium/store/data', 'one')
  write('.lambdarium/running.json', '{"pid": 999999999}')
  expect((await runCommand(['state', 'export', 'saved'], { cwd })).exitCode).toBe(0)
  expect(readFileSync(join(cwd, 'saved/store/data'), 'utf8')).toBe('one')
  write('.lambdarium/store/data', 'two')
  const refused = await runCommand(['state', 'import', 'saved'], { cwd })
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('--force')])
  expect((await runCommand(['state', 'import', 'saved', '--force'], { cwd })).exitCode).toBe(0)
  expect(readFileSync(join(cwd, '.lambdarium/store/data'), 'utf8')).toBe('one')
  expect((await runCommand(['state', 'reset'], { cwd })).exitCode).toBe(0)
  expect(() => readFileSync(join(cwd, '.lambdarium/store/data'))).toThrow()
  expect((await runCommand(['state', 'export', 'nowhere', '--data', 'missing'], { cwd })).exitCode).toBe(1)
})
