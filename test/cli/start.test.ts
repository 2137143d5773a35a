import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { runCommand, startCommand } from '../support/lambdarium-command.ts'
import { greetingFiles, temporaryProject } from '../support/temporary-project.ts'

const project = temporaryProject(greetingFiles)
const cwd = project.directory
afterAll(() => project.remove())

const free = ['--port', '0', '--aws-port', '0']
const signals = process.platform === 'win32' ? [] : (['SIGTERM', 'SIGINT'] as const)

/** The line `{"msg":"ready", …}`, which is the last one of the start. */
async function ready(command: ReturnType<typeof startCommand>): Promise<{ api: string; aws: string }> {
  const text = await command.saw('"ready"')
  return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')
}

test.each(signals)('ready is logged last, and %s stops it cleanly', async signal => {
  const command = startCommand(['--log-format', 'json', ...free], { cwd })
  const { api, aws } = await ready(command)
  expect(await (await fetch(`${api}/dev/greeting?name=Ada`)).json()).toEqual({
    greeting: 'Hello Ada!',
    table: '',
  })
  expect(JSON.parse(readFileSync(join(cwd, '.lambdarium/running.json'), 'utf8'))).toEqual({
    pid: command.child.pid,
    api,
    aws,
  })
  command.child.kill(signal)
  expect(await command.ended).toMatchObject({ exitCode: 0, signal: null, stdout: '' })
  expect(existsSync(join(cwd, '.lambdarium/running.json'))).toBe(false)
  await expect(fetch(aws)).rejects.toThrow()
})

test('the start screen, a request, a log line, a reload and a broken edit', async () => {
  const own = temporaryProject({
    ...greetingFiles,
    'lambdarium.config.json': '{"triggers": [{"queue": "photos", "function": "greeting"}]}',
  })
  const command = startCommand([...free, '--ephemeral'], { cwd: own.directory })
  const screen = await command.saw('Ctrl+C stops')
  expect(screen).toMatch(/LAMBDARIUM v[\d.]+ {2}ready in \d+ ms/)
  expect(screen).toContain('ANY  /dev/proxy     → proxy     aws_proxy')
  expect(screen).toContain('`triggers[0]` (queue → greeting) will not fire')
  const api = /http:\/\/127\.0\.0\.1:\d+(?=\/dev)/.exec(screen)?.[0]
  await fetch(`${api}/dev/greeting?name=Ada`)
  expect(await command.saw('name=Ada')).toMatch(
    /GET {5,}\/dev\/greeting\?name=Ada +200 +[\d.]+ ms {2}greeting/,
  )
  expect(await command.saw('greeting │ greeting Ada')).toBeTruthy()
  await fetch(`${api}/dev/nothing`)
  expect(await command.saw('no resource has the path /nothing')).toMatch(/GET {5,}\/dev\/nothing +403/)

  own.write('mapping-templates/greeting.vtl', '{"name": "dear $input.params(\'name\')"}')
  expect(await command.saw('↻')).toMatch(/↻ mapping-templates\/greeting\.vtl → api \([\d.]+ ms\)/)
  expect(await (await fetch(`${api}/dev/greeting?name=Ada`)).json()).toEqual({ greeting: 'Hello dear Ada!' })
  own.write('mapping-templates/greeting.vtl', '#if($x')
  expect(await command.saw('the last good state is kept')).toMatch(/greeting\.vtl:1:\d/)
  expect((await fetch(`${api}/dev/greeting?name=Ada`)).status).toBe(200)
  own.write('lambdarium.config.json', '{"stages": {"prod": {}}, "region": "eu-west-1"}')
  own.write('mapping-templates/greeting.vtl', '{"name": "again"}')
  await command.saw('`region`')
  expect((await fetch(`${api}/prod/greeting`)).status).toBe(200)
  command.child.kill()
  await command.ended
  own.remove()
})

test('a data folder has one user at a time', async () => {
  const own = temporaryProject(greetingFiles)
  const first = startCommand(['--log-format', 'json', ...free], { cwd: own.directory })
  const { aws } = await ready(first)
  const second = await runCommand(free, { cwd: own.directory })
  expect(second.exitCode).toBe(1)
  expect(second.stderr).toContain(`is used by another simulator (process ${first.child.pid}, ${aws})`)
  expect(second.stderr).toContain('--ephemeral')
  const env = await runCommand(['env'], { cwd: own.directory })
  expect(env.stdout).toContain(`AWS_ENDPOINT_URL=${aws}`)
  // Whoever was killed does not lock the folder for ever.
  first.child.kill('SIGKILL')
  await first.ended
  const third = startCommand(['--log-format', 'json', ...free], { cwd: own.directory })
  await ready(third)
  third.child.kill()
  expect((await third.ended).exitCode).toBe(0)
  own.remove()
})

test('a taken port takes the next free one, or fails with --strict-port', async () => {
  const blocker = createServer()
  await new Promise<void>(resolve => blocker.listen(0, '127.0.0.1', resolve))
  const { port } = blocker.address() as { port: number }
  const args = ['--port', String(port), '--aws-port', '0', '--ephemeral', '--log-format', 'json']
  const strict = await runCommand([...args, '--strict-port'], { cwd })
  expect(strict.exitCode).toBe(1)
  expect(strict.stderr).toContain(`127.0.0.1:${port} is taken`)
  const lenient = startCommand(args, { cwd })
  const { api } = await ready(lenient)
  expect(Number(new URL(api).port)).toBeGreaterThan(port)
  lenient.child.kill()
  await lenient.ended
  blocker.close()
})

test('--strict refuses to start on findings', async () => {
  const own = temporaryProject({
    'lambdarium.config.json': '{"triggers": [{"queue": "photos", "function": "greeting"}]}',
  })
  const { exitCode, stderr } = await runCommand([...free, '--ephemeral', '--strict'], { cwd: own.directory })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('--strict: not started')
  own.remove()
})

test('a project that is wrong is told with file, line, frame and hint', async () => {
  const own = temporaryProject({ ...greetingFiles, 'mapping-templates/greeting.vtl': '{\n  #if($x\n' })
  const { exitCode, stderr } = await runCommand([...free, '--ephemeral'], { cwd: own.directory })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/mapping-templates\/greeting\.vtl:\d:\d/)
  expect(stderr).toMatch(/^ {2}> \d \|/m)
  own.remove()
})

test('a second signal does not wait', async () => {
  const own = temporaryProject({
    ...greetingFiles,
    'handlers/proxy.mjs': 'export const handler = () => new Promise(() => setInterval(() => {}, 1000))\n',
    'lambdarium.config.json': '{"functions": {"proxy": {"timeout": 60}}}',
  })
  const command = startCommand([...free, '--ephemeral', '--log-format', 'json'], { cwd: own.directory })
  const { api } = await ready(command)
  const hanging = fetch(`${api}/dev/proxy`).catch(() => undefined)
  await sleep(200)
  command.child.kill('SIGINT')
  await sleep(50)
  command.child.kill('SIGINT')
  const { exitCode } = await command.ended
  expect([0, 130]).toContain(exitCode)
  await hanging
  own.remove()
})
