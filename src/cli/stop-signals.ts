/** The signals that ask a program to end. */
const signals =
  process.platform === 'win32'
    ? (['SIGINT', 'SIGBREAK'] as const)
    : (['SIGINT', 'SIGTERM', 'SIGHUP'] as const)

/**
 * Calls `first` at the first signal that asks to end, `again` at each one after it; answers how to stop listening.
 * A person who types Ctrl+C twice does not want to wait.
 */
export function onStopSignals(
  first: (signal: NodeJS.Signals) => void,
  again: (signal: NodeJS.Signals) => void,
): () => void {
  let asked = false
  const listener = (signal: NodeJS.Signals): void => {
    if (asked) again(signal)
    else first(signal)
    asked = true
  }
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}
