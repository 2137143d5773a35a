import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A server under measurement: its process, and what the kernel says of it and its children. */
export interface MeasuredProcess {
  /** Milliseconds from spawn until the line that `ready` waited for. */
  readonly startMilliseconds: number
  /** The first group of the pattern that `ready` matched. */
  readonly matched: string
  /** CPU seconds used so far by the process and all that it started. */
  cpuSeconds(): number
  /** Resident megabytes now, the process and all that it started. */
  residentMegabytes(): number
  stop(): Promise<void>
}

/** Starts a command and waits until one of its lines matches. */
export async function startProcess(
  command: readonly string[],
  ready: RegExp,
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<MeasuredProcess> {
  const [program = '', ...args] = command
  const begun = performance.now()
  const child = spawn(program, args, {
    ...options,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const matched = await waitForLine(child, ready)
  const pid = child.pid ?? 0
  return {
    startMilliseconds: performance.now() - begun,
    matched,
    cpuSeconds: () => sum(familyOf(pid), cpuOf),
    residentMegabytes: () => sum(familyOf(pid), residentOf),
    stop: () => stopGroup(child),
  }
}

function waitForLine(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    let found = false
    const read = (chunk: Buffer): void => {
      // After the match the output is still read (a full pipe would stop the server) but no longer kept.
      if (found) return
      text += chunk.toString()
      const match = ready.exec(text)
      if (!match) return
      found = true
      resolve(match[1] ?? match[0])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`ended with ${code} before it was ready:\n${text}`)))
  })
}

function stopGroup(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    if (child.pid === undefined || child.exitCode !== null) resolve()
    else process.kill(-child.pid, 'SIGTERM')
  })
}

const sum = (pids: readonly number[], of: (pid: number) => number): number =>
  pids.reduce((total, pid) => total + of(pid), 0)

/** The process and its descendants. */
function familyOf(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(statOf(Number(name))[1] ?? 0))
  }
  const family = [root]
  for (let index = 0; index < family.length; index++) {
    for (const [pid, parent] of parents) if (parent === family[index]) family.push(pid)
  }
  return family
}

/** The fields of /proc/PID/stat from the state on; empty when the process has gone. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

/** utime + stime + those of children that have ended, at the usual 100 ticks a second. */
function cpuOf(pid: number): number {
  const stat = statOf(pid)
  return [11, 12, 13, 14].reduce((total, field) => total + Number(stat[field] ?? 0), 0) / 100
}

function residentOf(pid: number): number {
  return (Number(statOf(pid)[21] ?? 0) * 4096) / 1024 / 1024
}
