import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { currentEnvironment } from '../../config/index.ts'
import { nearestName, UserError } from '../../lib/index.ts'
import { openSimulator } from '../../simulator.ts'
import { configFlagsNamed, configFromFlags } from '../config-flags.ts'
import type { Command } from '../flag.ts'
import { readJson } from '../input.ts'
import { createLogger } from '../print/log.ts'
import { projectConfig } from '../project-config.ts'
import { openTerminal } from '../terminal.ts'

export const command: Command = {
  flags: [
    {
      name: 'event',
      short: 'e',
      value: 'FILE|NAME|-',
      description: 'The event: a file, `NAME` for `events/NAME.json` of the project, `-` for stdin.',
      default: '{}',
    },
    { name: 'qualifier', value: 'VERSION', description: 'A version or an alias.' },
    { name: 'async', description: 'Invoke as an event: no result, retries as on AWS.' },
    ...configFlagsNamed('project', 'stage', 'data', 'ephemeral', 'log-level', 'log-format', 'inspect'),
  ],
  words: { min: 1, max: 1 },
  async run(given) {
    const [name = ''] = given.words
    const terminal = openTerminal()
    const file = given.flags.get('event')
    const { values } = configFromFlags(given)
    const loaded = await projectConfig(given, {
      port: 0,
      awsPort: 0,
      watch: false,
      ...(values.data === undefined ? { ephemeral: true } : {}),
      ...(values.logLevel === undefined ? { logLevel: 'warn' } : {}),
    })
    const event = typeof file === 'string' ? await readJson(eventFile(file, loaded.config.project)) : {}
    const log = await createLogger(loaded.config, terminal)
    const simulator = await openSimulator(loaded, {
      log,
      environment: currentEnvironment(),
      onFunctionLog: ({ records }) => {
        for (const { message } of records) terminal.log(message.replace(/\n$/, ''))
      },
    })
    try {
      checkName(name, [...simulator.snapshot().functions.keys()])
      const qualifier = given.flags.get('qualifier')
      const asynchronous = given.flags.get('async') === true
      const { result, functionError } = await simulator.invoke(name, event, {
        invocationType: asynchronous ? 'Event' : 'RequestResponse',
        ...(typeof qualifier === 'string' ? { qualifier } : {}),
      })
      if (asynchronous) await simulator.idle()
      else terminal.print(JSON.stringify(result, undefined, process.stdout.isTTY ? 2 : undefined))
      return functionError === undefined ? 0 : 1
    } finally {
      await simulator.stop()
    }
  },
}

/** A named test event lies in the project's `events` folder; whatever looks like a file is one. */
function eventFile(given: string, project: string): string {
  if (given === '-' || existsSync(given) || /[./\\]/.test(given)) return given
  return join(project, 'events', `${given}.json`)
}

function checkName(name: string, known: readonly string[]): void {
  const plain = name.replace(/^.*:function:/, '').replace(/:.*$/, '')
  if (known.includes(plain)) return
  const nearest = nearestName(plain, known)
  throw new UserError('unknown-function', `There is no function \`${plain}\``, {
    hint: nearest === undefined ? `Functions: ${known.join(', ') || 'none'}` : `Did you mean \`${nearest}\`?`,
  })
}
