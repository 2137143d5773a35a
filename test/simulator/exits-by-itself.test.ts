import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { commandFile } from '../support/lambdarium-command.ts'
import { greetingFiles, temporaryProject } from '../support/temporary-project.ts'

const library = pathToFileURL(commandFile.replace(/cli\.js$/, 'index.js')).href
const project = temporaryProject({
  ...greetingFiles,
  'uses.mjs': `import { createSimulator } from '${library}'
const simulator = await createSimulator({ project: import.meta.dirname, ...JSON.parse(process.argv[2]) })
const answer = await fetch(simulator.api + '/dev/greeting?name=Ada')
console.log(await answer.text())
await simulator.invoke('proxy', {})
await simulator.idle()
await simulator.stop()
await simulator.stop()
`,
})
afterAll(() => project.remove())

/** Runs a script that uses the library to its own end. */
function run(options: object): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(process.execPath, ['uses.mjs', JSON.stringify(options)], { cwd: project.directory })
  let output = ''
  child.stdout.on('data', text => {
    output += text
  })
  child.stderr.on('data', text => {
    output += text
  })
  return new Promise(resolve => {
    child.once('close', exitCode => resolve({ exitCode, output }))
  })
}

// Where a handle stays open the process never ends, and the test with it.
test('nothing stays open after stop, and nothing is printed', async () => {
  const expected = { exitCode: 0, output: '{"greeting":"Hello Ada!","table":""}\n' }
  expect(await run({})).toEqual(expected)
  expect(await run({ watch: true, data: `${project.directory}/state` })).toEqual(expected)
})
