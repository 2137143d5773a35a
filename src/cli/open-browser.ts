import { spawn } from 'node:child_process'
import type { Logger } from '../ports/index.ts'

/** Opens a URL in the user's browser; where there is none, says so and goes on. */
export function openBrowser(url: string, log: Logger): void {
  const [command, ...args] = {
    darwin: ['open', url],
    // `start` takes the first quoted word for a window's title.
    win32: ['cmd', '/c', 'start', '""', url],
  }[process.platform as string] ?? ['xdg-open', url]
  const child = spawn(command ?? 'xdg-open', args, { stdio: 'ignore', detached: true })
  child.once('error', error => log.warn({ error }, `No browser could be opened for ${url}`))
  child.unref()
}
