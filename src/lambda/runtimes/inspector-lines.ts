/** What Node prints about its inspector (https://nodejs.org/en/learn/getting-started/debugging). */
const own = [
  /^Debugger listening on ws:\/\/.*$/,
  /^For help, see: https:\/\/nodejs\.org\/.*inspector.*$/,
  /^Debugger attached\.$/,
  /^Waiting for the debugger to disconnect\.\.\.$/,
]

/** Hears of a debugger. */
export interface InspectorListener {
  debuggerListening(url: string): void
  debuggerAttached(): void
}

/** Takes Node's words about its inspector out of a function's stderr, and hands on what they say. */
export function inspectorLines(listener: InspectorListener): (text: string) => string {
  return text => {
    if (!text.includes('ebugger') && !text.includes('inspector')) return text
    const kept = text.split('\n').filter(line => {
      const url = /^Debugger listening on (ws:\/\/\S+)$/.exec(line)?.[1]
      if (url !== undefined) listener.debuggerListening(url)
      if (line === 'Debugger attached.') listener.debuggerAttached()
      return !own.some(pattern => pattern.test(line))
    })
    return kept.join('\n')
  }
}
