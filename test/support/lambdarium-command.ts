import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The built command. */
export const commandFile = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** How one run of the command ended. */
export interface CommandResult {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A run of the command that may be waited for and signalled. */
export interface RunningCommand {
  readonly child: ChildProcess
  /** Resolves with everything on stderr so far once `text` stands there; rejects when the command ends without it. */
  saw(text: string): Promise<string>
  readonly ended: Promise<CommandResult>
}

/** Starts `lambdarium ARGUMENTS`; nothing of the tests' own environment but PATH and HOME is passed on. */
export function startCommand(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Record<string, string>; readonly input?: string } = {},
): RunningCommand {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [commandFile, ...args], {
    cwd: options.cwd,
    env: { PATH, HOME, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // A test that fails in the middle must not leave a simulator behind.
  const killAtExit = (): void => void child.kill('SIGKILL')
  process.once('exit', killAtExit)
  child.once('close', () => process.off('exit', killAtExit))
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  let stdout = ''
  let stderr = ''
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
    for (const look of waiting) look()
  })
  const ended = new Promise<CommandResult>(resolve => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }))
  })
  return {
    child,
    ended,
    saw: text =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!stderr.includes(text)) return
          waiting.delete(look)
          resolve(stderr)
        }
        waiting.add(look)
        look()
        ended.then(() => reject(new Error(`ended without ${JSON.stringify(text)}:\n${stderr}`)))
      }),
  }
}

/** Runs `lambdarium ARGUMENTS` to its end. */
export function runCommand(...given: Parameters<typeof startCommand>): Promise<CommandResult> {
  return startCommand(...given).ended
}
