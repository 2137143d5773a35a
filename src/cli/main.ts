import { commandList } from './command-list.ts'
import type { Command } from './flag.ts'
import { parseArguments, usageProblem, wordsOf } from './parse-arguments.ts'
import { failureText } from './print/failure.ts'
import { openTerminal } from './terminal.ts'

// Node cuts small buffers out of pieces of 8 KB: a request needs half of one, and each is an object that is collected
// and given back. Larger pieces save a tenth of a read's time (decision 026).
Buffer.poolSize = 32 * 1024

const terminal = openTerminal()

/** Finds the command that was typed; its name may stand behind flags of `start`. */
async function chooseCommand(argv: readonly string[]): Promise<{ name: string; rest: readonly string[] }> {
  const [first] = argv
  if (first === undefined) return { name: 'start', rest: [] }
  let word: { value: string; index: number } | undefined = { value: first, index: 0 }
  if (first.startsWith('-')) {
    const { configFlags } = await import('./config-flags.ts')
    const end = argv.indexOf('--')
    word = wordsOf(end === -1 ? argv : argv.slice(0, end), configFlags)[0]
  }
  if (word === undefined) return { name: 'start', rest: argv }
  const { value, index } = word
  if (commandList.some(command => command.name === value))
    return { name: value, rest: [...argv.slice(0, index), ...argv.slice(index + 1)] }
  // Behind flags it is the value of one that does not exist, which the parser will name.
  if (first.startsWith('-')) return { name: 'start', rest: argv }
  const { nearestName } = await import('../lib/index.ts')
  const nearest = nearestName(
    value,
    commandList.map(command => command.name),
  )
  throw usageProblem(
    `Unknown command \`${value}\``,
    nearest === undefined
      ? '`lambdarium --help` shows all commands'
      : `Did you mean \`lambdarium ${nearest}\`?`,
  )
}

async function help(name: string, general: boolean, command: Command): Promise<void> {
  const { commandHelp, generalHelp } = await import('./help.ts')
  const entry = commandList.find(each => each.name === name)
  terminal.print(
    general || entry === undefined
      ? generalHelp(terminal.style, command.flags)
      : commandHelp(entry, command, terminal.style),
  )
}

async function version(): Promise<string> {
  const { packageVersion } = await import('../config/index.ts')
  return packageVersion()
}

async function run(argv: readonly string[]): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-v')) {
    terminal.print(await version())
    return 0
  }
  const { name, rest } = await chooseCommand(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv)
  const entry = commandList.find(each => each.name === name)
  const { command } = (await entry?.load()) ?? {}
  if (entry === undefined || command === undefined) throw usageProblem(`Unknown command \`${name}\``)
  const given = parseArguments(rest, command, entry.usage)
  if (given.flags.get('help') === true) {
    await help(name, name === 'start' && !argv.includes('start'), command)
    return 0
  }
  if (given.flags.get('version') === true) {
    terminal.print(await version())
    return 0
  }
  return command.run(given)
}

// `lambdarium render --batch … | head` closes our stdout: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const { text, exitCode } = failureText(error, terminal.logStyle)
  terminal.log(text)
  return exitCode
})
