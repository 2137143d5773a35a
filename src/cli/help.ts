import { commandList } from './command-list.ts'
import type { Command, Flag } from './flag.ts'
import { commonFlags } from './parse-arguments.ts'
import { padVisible, type Style } from './print/style.ts'

/** `lambdarium --help`. */
export function generalHelp(style: Style, flags: readonly Flag[]): string {
  const width = Math.max(...commandList.map(each => each.name.length))
  return [
    `${style.bold('lambdarium')}: API Gateway and Lambda on your own machine`,
    '',
    style.bold('Usage'),
    '  lambdarium [command] [flags]',
    '',
    style.bold('Commands'),
    ...commandList.map(({ name, summary }) => `  ${style.cyan(name.padEnd(width))}  ${summary}`),
    '',
    style.bold('Flags of start'),
    ...flagLines(flags, style),
    '',
    `${style.dim('`lambdarium COMMAND --help` shows what one command takes. Exit codes: 0 fine, 1 the project is wrong or it')}`,
    `${style.dim('could not start, 2 wrong usage; `exec` ends with the exit code of its command.')}`,
  ].join('\n')
}

/** `lambdarium COMMAND --help`. */
export function commandHelp(
  { usage, summary }: { usage: string; summary: string },
  command: Command,
  style: Style,
): string {
  return [
    summary,
    '',
    style.bold('Usage'),
    ...usage.split(' | ').map(each => `  lambdarium ${each}`),
    '',
    style.bold('Flags'),
    ...flagLines([...command.flags, ...commonFlags], style),
    ...(command.notes === undefined ? [] : ['', ...command.notes]),
  ].join('\n')
}

/** One line per flag, in columns. */
export function flagLines(flags: readonly Flag[], style: Style): string[] {
  const spelled = flags.map(flag => spellFlag(flag))
  const width = Math.max(...spelled.map(each => each.length))
  return flags.map((flag, at) => {
    const preset = flag.default === undefined ? '' : ` ${style.dim(`(${flag.default})`)}`
    return `  ${padVisible(style.cyan(spelled[at] ?? ''), width)}  ${flag.description}${preset}`
  })
}

/** `-d, --data BODY`. */
export function spellFlag({ name: plain, short, value, optional, multiple, negated }: Flag): string {
  const name = negated === true ? `no-${plain}` : plain
  const head = short === undefined ? `--${name}` : `-${short}, --${name}`
  const tail = value === undefined ? '' : optional === true ? `[=${value}]` : ` ${value}`
  return `${head}${tail}${multiple === true ? '…' : ''}`
}
