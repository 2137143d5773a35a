import { parseArgs } from 'node:util'
import { nearestName, UserError } from '../lib/index.ts'
import type { Command, Flag, Given } from './flag.ts'

/** Wrong usage; the process ends with 2. */
export function usageProblem(message: string, hint?: string): UserError {
  return new UserError('usage', message, hint === undefined ? {} : { hint })
}

/** Flags that every command understands. */
export const commonFlags: readonly Flag[] = [
  { name: 'help', short: 'h', description: 'Show this.' },
  { name: 'version', short: 'v', description: 'Show the version.' },
]

/** Takes a command line apart; throws a usage problem that names the nearest flag, or shows `usage`. */
export function parseArguments(
  argv: readonly string[],
  command: Pick<Command, 'flags' | 'words'>,
  usage: string,
): Given {
  const known = [...command.flags, ...commonFlags]
  const own = command.words.rest === true ? ownPart(argv, known) : argv
  const words: string[] = []
  const flags = new Map<string, string | boolean>()
  const lists = new Map<string, string[]>()
  for (const token of tokensOf(own, known)) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const negated = token.name.startsWith('no-')
    const flag = known.find(each => each.name === token.name || (negated && `no-${each.name}` === token.name))
    if (flag === undefined) throw unknownFlag(token.rawName, known)
    const value = readFlag(flag, token, known)
    flags.set(flag.name, value)
    if (flag.multiple === true) lists.set(flag.name, [...(lists.get(flag.name) ?? []), String(value)])
  }
  if (command.words.rest === true)
    words.push(...argv.slice(own.length).filter((word, at) => at > 0 || word !== '--'))
  if (flags.has('help') || flags.has('version')) return { words, flags, lists }
  const { min, max } = command.words
  const hint = `Usage: lambdarium ${usage}`
  if (words.length < min) throw usageProblem('Something is missing', hint)
  if (words.length > max) throw usageProblem(`Unexpected \`${words[max]}\``, hint)
  return { words, flags, lists }
}

/** The words that are no flags and no values of flags, with their places; for finding the command among flags. */
export function wordsOf(argv: readonly string[], known: readonly Flag[]): { value: string; index: number }[] {
  return tokensOf(argv, [...known, ...commonFlags]).flatMap(token =>
    token.kind === 'positional' ? [{ value: token.value, index: token.index }] : [],
  )
}

type Token = NonNullable<ReturnType<typeof tokensOf>>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

function tokensOf(argv: readonly string[], known: readonly Flag[]) {
  // Not strict: the standard library's own complaints know no nearest names and refuse values that begin with a dash.
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      known.map(({ name, short, value, optional }) => [
        name,
        {
          type: value === undefined || optional === true ? ('boolean' as const) : ('string' as const),
          ...(short === undefined ? {} : { short }),
        },
      ]),
    ),
  })
  return tokens
}

/** Another program's command line begins at `--` or at the first word; its flags are not ours. */
function ownPart(argv: readonly string[], known: readonly Flag[]): readonly string[] {
  for (const token of tokensOf(argv, known)) {
    if (token.kind === 'positional' || token.kind === 'option-terminator') return argv.slice(0, token.index)
  }
  return argv
}

function readFlag(flag: Flag, token: OptionToken, known: readonly Flag[]): string | boolean {
  const { rawName, value, inlineValue } = token
  if (flag.value === undefined || flag.optional === true) {
    const on = !token.name.startsWith('no-')
    if (value === undefined) return on
    if (flag.optional === true) return value
    if (/^(?:true|false)$/.test(value)) return (value === 'true') === on
    throw usageProblem(`${rawName} takes no value`)
  }
  const isFlag =
    value !== undefined &&
    inlineValue !== true &&
    known.some(each => value === `--${each.name}` || value === `--no-${each.name}`)
  if (token.name.startsWith('no-') && flag.name !== token.name) throw unknownFlag(rawName, known)
  if (value === undefined || isFlag) throw usageProblem(`${rawName} needs a value: ${rawName} ${flag.value}`)
  return value
}

function unknownFlag(rawName: string, known: readonly Flag[]): UserError {
  const names = known.flatMap(flag => [
    `--${flag.name}`,
    ...(flag.value === undefined && flag.name !== 'help' && flag.name !== 'version'
      ? [`--no-${flag.name}`]
      : []),
  ])
  const nearest = nearestName(rawName, names)
  return usageProblem(
    `Unknown flag ${rawName}`,
    nearest === undefined ? '`--help` shows all flags' : `Did you mean \`${nearest}\`?`,
  )
}
