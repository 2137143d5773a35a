import { execFile } from 'node:child_process'

/** Asks `command` for its own path: a shim (pyenv, rbenv) is found on the search path but takes its time, or runs nothing. */
function resolveExecutable(
  command: string,
  ask: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  return new Promise(resolve => {
    execFile(command, [...ask], { env: environment, timeout: 10_000, windowsHide: true }, (error, stdout) => {
      const path = stdout.trim()
      resolve(error ? undefined : path === '' ? command : path)
    })
  })
}

/** Finds the first of `candidates` that runs; answers are remembered per list. */
export function createInterpreterFinder(
  environment: Readonly<Record<string, string>>,
): (what: string, candidates: readonly string[], ask: readonly string[]) => Promise<string> {
  const known = new Map<string, Promise<string>>()
  const look = async (
    what: string,
    candidates: readonly string[],
    ask: readonly string[],
  ): Promise<string> => {
    for (const candidate of candidates) {
      const path = await resolveExecutable(candidate, ask, environment)
      if (path !== undefined) return path
    }
    throw new Error(
      `${what} needs an interpreter that is not installed: looked for ${candidates.join(', ')} on the search path (PATH=${environment['PATH'] ?? ''}).`,
    )
  }
  return (what, candidates, ask) => {
    const key = candidates.join('\n')
    const found = known.get(key) ?? look(what, candidates, ask)
    known.set(key, found)
    // What is missing may be installed while the simulator runs.
    found.catch(() => known.delete(key))
    return found
  }
}
