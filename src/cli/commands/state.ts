import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { currentEnvironment, lockData, runningSimulator } from '../../config/index.ts'
import { UserError } from '../../lib/index.ts'
import { checkState, openSimulator } from '../../simulator.ts'
import { configFlagsNamed } from '../config-flags.ts'
import type { Command, Given } from '../flag.ts'
import { usageProblem } from '../parse-arguments.ts'
import { createLogger } from '../print/log.ts'
import { projectConfig } from '../project-config.ts'
import { openTerminal } from '../terminal.ts'

/** What belongs to one run and not to the state. */
const transient: ReadonlySet<string> = new Set(['running.json', 'build'])

export const command: Command = {
  flags: [
    { name: 'force', description: 'Overwrite what is there.' },
    { name: 'bucket', value: 'NAME', description: 'One S3 bucket, as a plain folder with a manifest.' },
    ...configFlagsNamed('project', 'data'),
  ],
  words: { min: 1, max: 2 },
  notes: [
    '`state export DIR` copies the state of the stopped simulator, `state import DIR` puts it in place of the present one,',
    '`--bucket NAME` exports or imports the objects of one bucket instead, as plain files.',
    '`state check` reads every S3 body of the stopped simulator and names those that are not what was written.',
    '`state reset` forgets everything, also that of a running simulator.',
  ],
  async run(given) {
    const [action = '', place] = given.words
    const data = await dataFolder(given)
    const terminal = openTerminal()
    if (action === 'reset') {
      if (place !== undefined) throw usageProblem(`Unexpected \`${place}\``)
      await reset(data)
      terminal.log(`Forgot everything in ${data}`)
      return 0
    }
    if (action === 'check') {
      if (place !== undefined) throw usageProblem(`Unexpected \`${place}\``)
      return await check(given, data)
    }
    if (action !== 'export' && action !== 'import')
      throw usageProblem(`\`state ${action}\` is none of export, import, check, reset`)
    if (place === undefined) throw usageProblem(`\`state ${action}\` needs a folder: state ${action} DIR`)
    const other = resolve(place)
    const bucket = given.flags.get('bucket')
    if (typeof bucket === 'string') {
      const count = await copyBucket(given, action, bucket, other)
      terminal.log(`${action === 'export' ? 'Exported' : 'Imported'} ${count} objects of ${bucket}: ${other}`)
      return 0
    }
    const [from, to] = action === 'export' ? [data, other] : [other, data]
    await copyState(from, to, data, given.flags.get('force') === true)
    terminal.log(`${action === 'export' ? 'Exported' : 'Imported'} ${from} → ${to}`)
    return 0
  },
}

/** Names each damaged body on stdout; the exit code says whether there is one. */
async function check(given: Given, data: string): Promise<number> {
  if (!existsSync(data)) throw new UserError('no-state', `${data} does not exist`)
  const { config } = await projectConfig(given)
  const terminal = openTerminal()
  let count = 0
  let damaged = 0
  for await (const { bucket, key, of, problem } of checkState(config)) {
    count++
    if (problem === undefined) continue
    damaged++
    terminal.print(`${bucket}/${key} (${of}): ${problem}`)
  }
  terminal.log(`${count} bodies read, ${damaged} damaged: ${data}`)
  return damaged === 0 ? 0 : 1
}

/** A bucket is read and written through S3 itself, with nobody triggered. */
async function copyBucket(
  given: Given,
  action: 'export' | 'import',
  bucket: string,
  directory: string,
): Promise<number> {
  if (action === 'import' && !existsSync(directory))
    throw new UserError('no-state', `${directory} does not exist`)
  const loaded = await projectConfig(given, {
    port: 0,
    awsPort: 0,
    watch: false,
    logLevel: 'warn',
    triggers: [],
  })
  const log = await createLogger(loaded.config, openTerminal())
  const simulator = await openSimulator(loaded, { log, environment: currentEnvironment() })
  try {
    const present = action === 'export' && existsSync(directory) ? await readdir(directory) : []
    if (present.length > 0 && given.flags.get('force') !== true)
      throw new UserError('state-exists', `${directory} is not empty`, { hint: '`--force` overwrites it' })
    const count = await simulator.buckets[action](bucket, directory)
    await simulator.idle()
    return count
  } finally {
    await simulator.stop()
  }
}

async function dataFolder(given: Given): Promise<string> {
  const { config } = await projectConfig(given)
  return config.data ?? join(config.project, '.lambdarium')
}

async function copyState(from: string, to: string, data: string, force: boolean): Promise<void> {
  if (!existsSync(from)) throw new UserError('no-state', `${from} does not exist`)
  const present = (existsSync(to) ? await readdir(to) : []).filter(name => !transient.has(name))
  if (present.length > 0 && !force) {
    throw new UserError('state-exists', `${to} is not empty`, { hint: '`--force` overwrites it' })
  }
  const lock = await lockData(data)
  try {
    for (const name of present) await rm(join(to, name), { recursive: true })
    await mkdir(to, { recursive: true })
    for (const name of await readdir(from)) {
      if (!transient.has(name)) await cp(join(from, name), join(to, name), { recursive: true })
    }
  } finally {
    await lock.release()
  }
}

async function reset(data: string): Promise<void> {
  const running = await runningSimulator(data)
  if (running?.aws !== undefined) {
    const answer = await fetch(`${running.aws}/_lambdarium/reset`, { method: 'POST' })
    if (!answer.ok)
      throw new UserError('reset-failed', `The running simulator answered ${await answer.text()}`)
    return
  }
  if (!existsSync(data)) return
  const lock = await lockData(data)
  try {
    for (const name of await readdir(data)) {
      if (name !== 'running.json') await rm(join(data, name), { recursive: true })
    }
  } finally {
    await lock.release()
  }
}
