/** What Node prints about its inspector (https://nodejs.org/en/learn/getting-started/debugging). */
const own = [
  /^Debugger listening on ws:\/\/.*$/,
  /^For help, see: https:\/\/nodejs\.org\/.*inspector.*$/,
  /^Debugger attached\.$/,
  /^Waiting for the debugger to disconnect\.\.\.$/,
]

/** Takes Node's words about its inspector out of a function's stderr, and notices when a debugger comes. */
export function inspectorLines(onAttached: () => void): (text: string) => string {
  return text => {
    if (!text.includes('ebugger') && !text.includes('inspector')) return text
    const lines = text.split('\n')
    const kept = lines.filter(line => {
      if (line === 'Debugger attached.') onAttached()
      return !own.some(pattern => pattern.test(line))
    })
    return kept.join('\n')
  }
}
