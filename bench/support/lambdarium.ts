/** The command that serves a folder as benchmarks want it: free ports, nothing kept, lines in JSON. */
export function lambdariumCommand(directory: string): readonly string[] {
  const flags = ['--ephemeral', '--port', '0', '--aws-port', '0', '--log-format', 'json']
  return [process.execPath, 'bin/lambdarium.js', 'start', '--project', directory, ...flags]
}
