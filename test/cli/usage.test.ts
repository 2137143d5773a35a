import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../support/lambdarium-command.ts'
import { greetingFiles, temporaryProject } from '../support/temporary-project.ts'

const project = temporaryProject(greetingFiles)
const cwd = project.directory
afterAll(() => project.remove())

test('help goes to stdout and names every command of the contract', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['--help'], { cwd })
  expect([exitCode, stderr]).toEqual([0, ''])
  const commands = [
    'start',
    'exec',
    'invoke',
    'render',
    'request',
    'routes',
    'validate',
    'env',
    'export',
    'state',
  ]
  for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  const flags = [
    '--project',
    '--port',
    '--aws-port',
    '--host',
    '--stage',
    '--data',
    '--ephemeral',
    '--log-format',
  ]
  flags.push('--log-level', '--strict', '--strict-port', '--no-watch', '--open')
  for (const flag of flags) expect(stdout).toContain(`  ${flag}`)
  expect((await runCommand(['help', 'render'], { cwd })).stdout).toContain('--batch')
  expect((await runCommand(['render', '--help'], { cwd })).stdout).toContain('--batch')
})

test('the version', async () => {
  const { exitCode, stdout } = await runCommand(['--version'], { cwd })
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each([
  [['--prot', '1'], 'Unknown flag --prot', 'Did you mean `--port`?'],
  [['start', '--no-wach'], 'Unknown flag --no-wach', 'Did you mean `--no-watch`?'],
  [['start', '--port'], '--port needs a value', ''],
  [['start', '--port', '--strict'], '--port needs a value', ''],
  [['start', '--port', 'abc'], '--port is not a number', ''],
  [['start', '--port', '70000'], '--port is more than 65535', ''],
  [['start', '--ephemeral=maybe'], '--ephemeral takes no value', ''],
  [['start', 'there'], 'Unexpected `there`', ''],
  [['strat'], 'Unknown command `strat`', 'Did you mean `lambdarium start`?'],
  [['--log-format', 'xml'], '--log-format is not one of "pretty", "json"', ''],
  [['env', '--shell', 'csh'], '--shell is sh, fish, powershell, dotenv', ''],
  [['render'], 'Which template?', ''],
  [['state', 'forget'], '`state forget` is none of export, import, check, reset', ''],
  [['request', 'GET', '/x', '-H', 'nonsense'], '`nonsense` is no header', ''],
])('%j is wrong usage', async (args, message, hint) => {
  const { exitCode, stdout, stderr } = await runCommand(args, { cwd })
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
  expect(stderr).toContain(hint)
})

test('an unknown configuration key is wrong usage too, at its place', async () => {
  const wrong = temporaryProject({ 'lambdarium.config.json': '{\n  "prot": 3000\n}\n' })
  for (const args of [['start'], ['validate']]) {
    const { exitCode, stdout, stderr } = await runCommand(args, { cwd: wrong.directory })
    expect(exitCode).toBe(2)
    expect(stdout + stderr).toContain('The configuration has no key `prot`')
    expect(stdout + stderr).toContain('lambdarium.config.json:2:3')
    expect(stdout + stderr).toContain('Did you mean `port`?')
  }
  wrong.remove()
})

test('colour follows FORCE_COLOR and NO_COLOR', async () => {
  const plain = await runCommand(['--help'], { cwd })
  const forced = await runCommand(['--help'], { cwd, env: { FORCE_COLOR: '1' } })
  expect(plain.stdout).not.toContain('\u001b')
  expect(forced.stdout).toContain('\u001b[1m')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  expect(forced.stdout.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain.stdout)
})

test('a project folder that does not exist', async () => {
  const { exitCode, stderr } = await runCommand(['start', '--project', 'nowhere'], { cwd })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('nowhere does not exist')
})
