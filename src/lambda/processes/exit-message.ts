import type { ProcessExit } from './supervised-process.ts'

/** What Lambda says of a runtime that went away: `Runtime exited with error: exit status 1`. */
export function exitMessage(exit: ProcessExit): string {
  if (exit.kind === 'unstartable') return exit.cause.message
  if (exit.kind === 'extension') return exit.message
  if (exit.kind === 'signal') return `Runtime exited with error: signal: ${exit.signal}`
  if (exit.code === 0) return 'Runtime exited without providing a reason'
  return `Runtime exited with error: exit status ${exit.code}`
}

/** The error's type for callers. */
export function exitErrorType(exit: ProcessExit): string {
  if (exit.kind === 'extension') return exit.errorType
  return exit.kind === 'unstartable' ? 'Runtime.InvalidEntrypoint' : 'Runtime.ExitError'
}
