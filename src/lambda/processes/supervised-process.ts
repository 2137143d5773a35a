import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { descendantsOf } from './process-tree.ts'
import type { Watchdog } from './watchdog.ts'

/** How a process ended. */
export type ProcessExit =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  /** It never began: the command is missing, or may not be run. */
  | { readonly kind: 'unstartable'; readonly cause: Error }
  /** An extension took the environment with it. */
  | { readonly kind: 'extension'; readonly errorType: string; readonly message: string }

/** A process with all that it starts: stopped, continued and killed together. */
export interface SupervisedProcess {
  /** The group's leader; undefined when it could not be started. */
  readonly pid: number | undefined
  readonly child: ChildProcess
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves when the process has ended and its output has been read. */
  readonly ended: Promise<ProcessExit>
  /** Takes the CPU away from the whole group, as between two invocations on AWS. */
  freeze(): void
  thaw(): void
  /** Asks the runtime (not its children) to end. */
  terminate(): void
  /** Ends all of it at once. */
  kill(): void
}

/** What to run. */
export interface ProcessStart {
  readonly command: string
  readonly arguments: readonly string[]
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
  /** How many pipes beyond stdin, stdout and stderr. */
  readonly pipes: number
}

const grouped = process.platform !== 'win32'

/**
 * Stands between the simulator and a runtime: a handler that kills its parent hits the shell. The traps keep it alive
 * through a signal meant for the runtime; they are not inherited by what it starts. What the shell itself has to say
 * ("Killed") is not for the function's log.
 */
const shell = [
  '/bin/sh',
  '-c',
  'trap : HUP INT QUIT TERM USR1 USR2; exec 9>&2 2>/dev/null; (exec "$@" 2>&9 9>&-); exit $?',
  'lambda',
]

/** Shells report death by a signal as 128 and its number. */
const signalNames: Readonly<Record<number, string>> = {
  1: 'hangup',
  2: 'interrupt',
  3: 'quit',
  4: 'illegal instruction',
  6: 'aborted',
  7: 'bus error',
  8: 'floating point exception',
  9: 'killed',
  11: 'segmentation fault',
  13: 'broken pipe',
  14: 'alarm clock',
  15: 'terminated',
}
const namedSignals: Readonly<Record<string, string>> = {
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGQUIT: 'quit',
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
}

function exitOf(code: number | null, signal: NodeJS.Signals | null): ProcessExit {
  if (signal !== null) return { kind: 'signal', signal: namedSignals[signal] ?? signal }
  const number = code ?? 0
  const name = grouped && number > 128 ? signalNames[number - 128] : undefined
  return name === undefined ? { kind: 'code', code: number } : { kind: 'signal', signal: name }
}

/** Starts a process as the leader of a group of its own. */
export function startProcess(start: ProcessStart, watchdog: Watchdog): SupervisedProcess {
  const line = [start.command, ...start.arguments]
  const [command = '', ...commandArguments] = grouped ? [...shell, ...line] : line
  const child = spawn(command, commandArguments, {
    cwd: start.directory,
    env: start.environment,
    detached: grouped,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe', ...Array<'pipe'>(start.pipes).fill('pipe')],
  })
  const { pid, stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('a child process without output')
  if (pid !== undefined && grouped) watchdog.guard(pid)
  let over = false

  const signal = (name: NodeJS.Signals): void => {
    if (pid === undefined || over) return
    try {
      process.kill(grouped ? -pid : pid, name)
    } catch (error) {
      // Gone in between; `ended` is about to say so.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  const kill = (): void => {
    if (pid === undefined || over) return
    if (!grouped) {
      signal('SIGKILL')
      return
    }
    // What left the group by a session of its own is found through its parents, which must not run away meanwhile.
    signal('SIGSTOP')
    const descendants = descendantsOf(pid)
    for (const other of descendants) {
      try {
        process.kill(other, 'SIGKILL')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
      }
    }
    // The shell goes last, so that it can collect its child; where nothing is known of children, all go at once.
    signal(descendants.length > 0 ? 'SIGCONT' : 'SIGKILL')
  }

  const ended = new Promise<ProcessExit>(resolve => {
    child.once('error', cause => {
      if (pid === undefined) resolve({ kind: 'unstartable', cause })
    })
    child.once('exit', (code, name) => {
      // The leader is gone; what it left behind must not outlive it, and would keep the output open.
      signal('SIGKILL')
      over = true
      if (pid !== undefined && grouped) watchdog.release(pid)
      const exit = exitOf(code, name)
      let open = 2
      const closed = (): void => {
        if (--open === 0) resolve(exit)
      }
      for (const stream of [stdout, stderr]) {
        if (stream.closed) closed()
        else stream.once('close', closed)
      }
    })
  })

  return {
    pid,
    child,
    stdout,
    stderr,
    ended,
    freeze: () => {
      if (grouped) signal('SIGSTOP')
    },
    thaw: () => {
      if (grouped) signal('SIGCONT')
    },
    terminate: () => {
      if (pid === undefined || over) return
      for (const other of grouped ? descendantsOf(pid).slice(0, 1) : [pid]) process.kill(other, 'SIGTERM')
    },
    kill,
  }
}
