import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { currentEnvironment } from '../../config/index.ts'
import { UserError } from '../../lib/index.ts'
import { openSimulator } from '../../simulator.ts'
import { configFlags, configFromFlags } from '../config-flags.ts'
import type { Command, Given } from '../flag.ts'
import { createLiveView } from '../print/live-view.ts'
import { createLogger } from '../print/log.ts'
import { projectConfig } from '../project-config.ts'
import { onStopSignals } from '../stop-signals.ts'
import { openTerminal } from '../terminal.ts'
import { clientVariables } from './env.ts'

export const command: Command = {
  flags: configFlags,
  words: { min: 1, max: Number.POSITIVE_INFINITY, rest: true },
  notes: [
    'COMMAND finds AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and LAMBDARIUM_API set.',
    'State goes with the process and the doors take free ports, unless flags say otherwise.',
  ],
  async run(given) {
    const terminal = openTerminal()
    const loaded = await projectConfig(given, ownDefaults(given))
    const { config } = loaded
    const log = await createLogger(config, terminal)
    const view = createLiveView(terminal, config, () => '')
    let forward: (signal: NodeJS.Signals) => void = () => {}
    let stoppedEarly: NodeJS.Signals | undefined
    onStopSignals(
      signal => {
        stoppedEarly = signal
        forward(signal)
      },
      signal => forward(signal),
    )
    const simulator = await openSimulator(loaded, {
      log,
      environment: currentEnvironment(),
      onFunctionLog: each => view.functionLog(each),
    })
    try {
      if (stoppedEarly !== undefined) return exitCodeOf(null, stoppedEarly)
      return await runCommand(given.words, clientVariables(config, simulator), send => {
        forward = send
      })
    } finally {
      await simulator.stop()
    }
  },
}

/** What `exec` wants unless a flag says otherwise: nothing that another run could notice. */
function ownDefaults(given: Given): object {
  const { values } = configFromFlags(given)
  return {
    port: 0,
    awsPort: 0,
    watch: false,
    ...(values.data === undefined ? { ephemeral: true } : {}),
    ...(values.logLevel === undefined ? { logLevel: 'warn' } : {}),
  }
}

/** Runs the command on our own stdin, stdout and stderr; answers its exit code. */
function runCommand(
  [command = '', ...args]: readonly string[],
  variables: Readonly<Record<string, string>>,
  onStarted: (send: (signal: NodeJS.Signals) => void) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...currentEnvironment(), ...variables },
      // npm, npx and most tools are batch files on Windows, which only a shell can run.
      shell: process.platform === 'win32',
    })
    onStarted(signal => child.kill(signal))
    child.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT' && cause.code !== 'EACCES') return reject(cause)
      const why = cause.code === 'ENOENT' ? 'was not found' : 'may not be executed'
      reject(new UserError('command-not-found', `The command \`${command}\` ${why}`, { cause }))
    })
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)))
  })
}

/** As shells do: 128 plus the number of the signal that ended it. */
function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code
  return signal === null ? 1 : 128 + constants.signals[signal]
}
