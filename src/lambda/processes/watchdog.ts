import { type ChildProcess, spawn } from 'node:child_process'

/**
 * Ends all process groups when the simulator is gone without having been able to (`kill -9`): a frozen environment
 * cannot notice that by itself.
 */
export interface Watchdog {
  guard(group: number): void
  release(group: number): void
  stop(): Promise<void>
}

/** Reads `+ GROUP` and `- GROUP`; at the end of its input, which is the end of the simulator, it kills what is left. */
const script = `
groups=" "
while read -r sign group; do
  case "$sign" in
    +) groups="$groups$group " ;;
    -) case "$groups" in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
for group in $groups; do kill -9 "-$group" 2>/dev/null; done
exit 0
`

/** Starts with the first group to guard; where there are no process groups (Windows) it does nothing. */
export function createWatchdog(): Watchdog {
  let shell: ChildProcess | undefined
  let stopped = false
  const tell = (line: string): void => {
    if (stopped) return
    if (shell === undefined) {
      shell = spawn('/bin/sh', ['-c', script], {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
        env: {},
      })
      shell.once('error', () => {})
      shell.stdin?.on('error', () => {})
      shell.unref()
    }
    shell.stdin?.write(line)
  }
  return {
    guard: group => tell(`+ ${group}\n`),
    release: group => tell(`- ${group}\n`),
    async stop() {
      stopped = true
      const running = shell
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
      const ended = new Promise<void>(resolve => running.once('exit', () => resolve()))
      running.ref()
      running.stdin?.end()
      await ended
    },
  }
}
