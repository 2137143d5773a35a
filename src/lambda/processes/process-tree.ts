import { readdirSync, readFileSync } from 'node:fs'

/** The ids of all processes that `pid` and its children started, nearest first; empty where the system has no /proc. */
export function descendantsOf(pid: number): number[] {
  const found: number[] = []
  const waiting = [pid]
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const child of childrenOf(parent)) {
      found.push(child)
      waiting.unshift(child)
    }
  }
  return found
}

function childrenOf(pid: number): number[] {
  // A child is listed with the thread that started it.
  return entriesOf(`/proc/${pid}/task`).flatMap(thread =>
    readProcessFile(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  )
}

/** Resident memory of these processes together in bytes; 0 where the system has no /proc. */
export function residentBytes(pids: readonly number[]): number {
  let pages = 0
  for (const id of pids) pages += Number(readProcessFile(`/proc/${id}/statm`).split(' ')[1] ?? 0)
  return pages * pageSize
}

/** The most memory that the processes of a group used so far in bytes; 0 where the system has no /proc. */
export function peakMemory(pid: number): number {
  let kilobytes = 0
  for (const id of [pid, ...descendantsOf(pid)])
    kilobytes += Number(/^VmHWM:\s+(\d+)/m.exec(readProcessFile(`/proc/${id}/status`))?.[1] ?? 0)
  return kilobytes * 1024
}

/** Linux on x86-64 and most of arm64. */
const pageSize = 4096

function readProcessFile(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    // The process has ended, or this is not Linux: both mean that there is nothing to count.
    return ''
  }
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
