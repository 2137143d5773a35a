import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../support/lambdarium-command.ts'
import { temporaryProject } from '../support/temporary-project.ts'

const project = temporaryProject({
  'hello.vtl':
    '{"hi": "$input.params(\'name\')", "n": $input.path(\'$.n\'), "s": "$context.stage/$stageVariables.table$x"}',
  'broken.vtl': '{\n  "a": #if($x) 1\n}',
  'params.json': '{"querystring": {"name": "Ada"}}',
  'context.json': '{"stage": "dev"}',
  'variables.json': '{"table": "Rides"}',
  'vars.json': '{"x": "!"}',
  'body.json': '{"n": 007}',
})
const cwd = project.directory
afterAll(() => project.remove())

test('one template with everything that it may see', async () => {
  const args = [
    'hello.vtl',
    '-b',
    '-',
    '-p',
    'params.json',
    '-c',
    'context.json',
    '-s',
    'variables.json',
    '--vars',
    'vars.json',
  ]
  const { exitCode, stdout, stderr } = await runCommand(['render', ...args], { cwd, input: '{"n": 7}' })
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: '{"hi": "Ada", "n": 7, "s": "dev/Rides!"}',
    stderr: '',
  })
})

test('a trace shows each reference with place and value on stderr', async () => {
  const { stdout, stderr } = await runCommand(['render', 'hello.vtl', '-p', 'params.json', '--trace'], {
    cwd,
  })
  expect(stdout).toBe('{"hi": "Ada", "n": , "s": "/"}')
  expect(stderr.split('\n')[0]).toBe('1:9     $input.params(\'name\') = "Ada"')
})

test('a template that does not parse is shown with its place', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['render', 'broken.vtl'], { cwd })
  expect([exitCode, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/broken\.vtl:\d+:\d+/)
  expect(stderr).toMatch(/> \d \|/)
})

test('a batch answers every line in order and survives broken ones', async () => {
  const line = (id: string, template: string) =>
    JSON.stringify({ id, template, ctx: { vars: { n: 1 }, input: { body: '{"a":[1,2]}', params: {} } } })
  const input = [
    line('1', "$input.path('$.a') $n"),
    'no json',
    '{"id": "2"}',
    '',
    line('3', '#if($x'),
    line('4', '#foreach($i in [1..3])$i#end'),
    '[]',
    line('5', '#set($r = [1..1001])#foreach($i in $r)$i#end'),
  ]
  const { exitCode, stdout } = await runCommand(['render', '--batch', '-'], { cwd, input: input.join('\n') })
  expect(exitCode).toBe(0)
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map(text => JSON.parse(text))
  expect(answers).toEqual([
    { id: '1', out: '[1,2] 1' },
    { id: null, line: 2, error: expect.any(String) },
    { id: '2', error: expect.any(String) },
    { id: '3', error: expect.any(String) },
    { id: '4', out: '123' },
    { id: null, line: 7, error: expect.any(String) },
    { id: '5', out: Array.from({ length: 1000 }, (_, at) => at + 1).join('') },
  ])
})

test('thousands of lines are streamed', async () => {
  const one = JSON.stringify({ id: 'x', template: '#foreach($i in [1..100])$i,#end', ctx: {} })
  const count = 5_000
  const { stdout } = await runCommand(['render', '--batch', '-'], { cwd, input: `${one}\n`.repeat(count) })
  const lines = stdout.trimEnd().split('\n')
  expect(lines.length).toBe(count)
  expect(new Set(lines).size).toBe(1)
})

test('velocityjs, and where it differs from AWS', async () => {
  project.write('length.vtl', '#set($list = [1, 2])$list.length\n')
  const library = await runCommand(['render', 'length.vtl', '--engine', 'velocityjs'], { cwd })
  expect([library.exitCode, library.stdout]).toEqual([0, '2\n'])
  const compared = await runCommand(['render', 'length.vtl', '--compare'], { cwd })
  expect([compared.exitCode, compared.stdout.split('\n')]).toEqual([
    1,
    ['they differ from line 1 on', 'aws         ', 'velocityjs  2', ''],
  ])
  project.write('same.vtl', '{"a": 1}')
  const same = await runCommand(['render', 'same.vtl', '--compare'], { cwd })
  expect([same.exitCode, same.stdout]).toEqual([0, 'aws and velocityjs render the same\n'])
  expect((await runCommand(['render', 'same.vtl', '--engine', 'freemarker'], { cwd })).exitCode).toBe(2)
})

test('files that are missing or no JSON', async () => {
  expect(await runCommand(['render', 'nothing.vtl'], { cwd })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('nothing.vtl does not exist'),
  })
  expect(await runCommand(['render', 'hello.vtl', '-p', 'body.json'], { cwd })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('body.json is no JSON'),
  })
  expect((await runCommand(['render', '--batch', 'nothing.jsonl'], { cwd })).exitCode).toBe(1)
})
