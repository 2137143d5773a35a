import type { Logger } from '../../ports/index.ts'
import type { Terminal } from '../terminal.ts'
import { printProblem, problemsOf } from './problem.ts'

/** The levels of the configuration, the least important first. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Logs for people. An `error` among the fields is drawn with its place; what else there is follows dimmed. */
export function createPrettyLogger(terminal: Terminal, level: LogLevel): Logger {
  const style = terminal.logStyle
  const least = logLevels.indexOf(level)
  const marks = {
    debug: style.dim('·'),
    info: style.blue('ℹ'),
    warn: style.yellow('▲'),
    error: style.red('✖'),
  }
  const write = (own: 'debug' | 'info' | 'warn' | 'error') => (fields: object, message: string) => {
    if (logLevels.indexOf(own) < least) return
    // What the gateway says about one request stands below that request's own line.
    const requests = level === 'info' || level === 'debug'
    if (requests && 'trace' in fields && 'status' in fields) return
    const { error, err = error, ...others } = fields as { error?: unknown; err?: unknown }
    const rest = Object.entries(others).filter(([, value]) => value !== undefined)
    const text = rest.map(([name, value]) => `${name}=${fieldText(value)}`).join(' ')
    terminal.log(`${marks[own]} ${message}${text === '' ? '' : `  ${style.dim(text)}`}`)
    if (err === undefined) return
    const problems = problemsOf(err)
    if (problems.length > 0) terminal.log(problems.map(each => printProblem(each, style)).join('\n'))
    else terminal.log(style.dim(indent(err instanceof Error ? (err.stack ?? err.message) : fieldText(err))))
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

function fieldText(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"]+$/.test(value) ? value : JSON.stringify(value)
  if (value instanceof Error) return value.message
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Every line two columns in, below the message that it belongs to. */
export function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
