import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** A server under measurement: its process, and what the kernel says of it and its children. */
export interface MeasuredProcess {
  /** Milliseconds from spawn until the line that `ready` waited for. */
  readonly startMilliseconds: number
  /** The first group of the pattern that `ready` matched. */
  readonly matched: string
  /** CPU seconds used so far by the process and all that it started. */
  cpuSeconds(): number
  /** Megabytes of memory now, the process and all that it started, shared pages counted once. */
  residentMegabytes(): number
  stop(): Promise<void>
}

/**
 * Starts a command and waits until one of its lines matches. What it prints goes to a file: nobody would read a pipe
 * while the load generator runs, and a full one stops a server.
 */
export async function startProcess(
  command: readonly string[],
  ready: RegExp,
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<MeasuredProcess> {
  const [program = '', ...args] = command
  const output = join(mkdtempSync(join(tmpdir(), 'bench-')), 'output')
  const file = openSync(output, 'w')
  const begun = performance.now()
  const child = spawn(program, args, {
    ...options,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', file, file],
    detached: true,
  })
  const matched = await waitForLine(child, output, ready)
  const pid = child.pid ?? 0
  return {
    startMilliseconds: performance.now() - begun,
    matched,
    cpuSeconds: () => sum(familyOf(pid), cpuOf),
    residentMegabytes: () => sum(familyOf(pid), residentOf),
    stop: () => stopGroup(child),
  }
}

/** Looks at the file every few milliseconds: a benchmark may poll, for it measures and asserts nothing. */
async function waitForLine(child: ChildProcess, output: string, ready: RegExp): Promise<string> {
  for (;;) {
    const text = readFileSync(output, 'utf8')
    const match = ready.exec(text)
    if (match !== null) return match.slice(1).find(group => group !== undefined) ?? match[0]
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} before it was ready:\n${text}`)
    await setTimeout(2)
  }
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

/** The process's share of memory: pages that several processes use count once (Pss). */
function residentOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
