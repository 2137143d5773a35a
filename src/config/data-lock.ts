import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../lib/index.ts'

/** Who uses a data folder, and where it answers; `env`, `request` and the next `start` read it. */
export interface RunningSimulator {
  readonly pid: number
  /** Absent until its doors listen. */
  readonly api?: string
  readonly aws?: string
}

/** The right to use a data folder. */
export interface DataLock {
  /** Tells other commands where this simulator answers. */
  announce(urls: { readonly api: string; readonly aws: string }): Promise<void>
  release(): Promise<void>
}

const fileName = 'running.json'

/** Takes a data folder for this process; throws a `UserError` when a living simulator has it. */
export async function lockData(directory: string): Promise<DataLock> {
  await mkdir(directory, { recursive: true }).catch((cause: unknown) => {
    throw new UserError('data-folder', `The data folder ${directory} cannot be made`, {
      hint: 'Choose another with `--data DIR`, or use `--ephemeral`',
      cause,
    })
  })
  const file = join(directory, fileName)
  const write = async (running: RunningSimulator): Promise<void> => {
    // Written beside and renamed: a reader never sees half of it.
    await writeFile(`${file}.new`, `${JSON.stringify(running)}\n`)
    await rename(`${file}.new`, file)
  }
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(`${JSON.stringify({ pid: process.pid })}\n`)
      await handle.close()
      break
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw cause
      const holder = await runningSimulator(directory)
      if (holder !== undefined) throw inUse(directory, holder, cause)
      // Left behind by a process that was killed.
      await rm(file, { force: true })
    }
  }
  return {
    announce: urls => write({ pid: process.pid, ...urls }),
    release: () => rm(file, { force: true }),
  }
}

/** The living simulator that uses a data folder, if there is one. */
export async function runningSimulator(directory: string): Promise<RunningSimulator | undefined> {
  const text = await readFile(join(directory, fileName), 'utf8').catch(() => '')
  let running: Partial<RunningSimulator>
  try {
    running = JSON.parse(text)
  } catch {
    return undefined
  }
  const { pid, api, aws } = running
  if (typeof pid !== 'number' || !isAlive(pid)) return undefined
  // In a container every run has the same process id: the number alone proves nothing, the door does.
  if (aws === undefined) return pid === process.pid ? undefined : { pid }
  const answers = await fetch(`${aws}/_lambdarium/health`, { signal: AbortSignal.timeout(2_000) }).then(
    response => response.ok,
    (cause: { name?: string }) => cause.name === 'TimeoutError',
  )
  return answers ? { pid, aws, ...(api === undefined ? {} : { api }) } : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function inUse(directory: string, { pid, aws }: RunningSimulator, cause: unknown): UserError {
  const where = aws === undefined ? '' : `, ${aws}`
  return new UserError('data-in-use', `${directory} is used by another simulator (process ${pid}${where})`, {
    hint: 'Stop it, or start this one with `--data DIR` or `--ephemeral`',
    cause,
  })
}
