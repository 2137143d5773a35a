import { relative } from 'node:path'
import type { Config } from '../../config/index.ts'
import type { ReloadEvent } from '../../simulator.ts'
import type { Terminal } from '../terminal.ts'
import { createEventReader } from './event-facts.ts'
import { eventLine } from './event-line.ts'
import { functionLines } from './function-lines.ts'
import { printProblem, problemsOf } from './problem.ts'
import { durationText, requestLine } from './request-line.ts'

/** One finished record of the journal, as far as the terminal shows it. */
export interface ShownRecord {
  readonly id: string
  /** The record that brought this one about. */
  readonly cause?: string | undefined
  readonly kind: string
  readonly time: number
  readonly duration?: number
  readonly subject: Readonly<Record<string, unknown>>
  readonly stages: readonly { readonly name: string; readonly detail: unknown }[]
  readonly outcome?: Readonly<Record<string, unknown>>
}

/** Prints, while the simulator runs, what happens: requests, calls that failed, functions' output, reloads. */
export interface LiveView {
  record(record: ShownRecord): void
  functionLog(log: {
    readonly functionName: string
    readonly records: readonly { readonly message: string }[]
  }): void
  reload(event: ReloadEvent): void
}

/** A method of an API, by which the project knows who answers. */
export interface MatchedMethod {
  readonly api: string
  readonly resource: string
  readonly method: string
}

/** A view for people. Lines of Lambda's own (START, END, REPORT) and calls that succeeded are for `--log-level debug`. */
export function createLiveView(
  terminal: Terminal,
  { logLevel, project }: Pick<Config, 'logLevel' | 'project'>,
  targetOf: (method: MatchedMethod | undefined) => string,
): LiveView {
  const style = terminal.logStyle
  const verbose = logLevel === 'debug'
  const eventOf = createEventReader()
  const quiet = logLevel !== 'debug' && logLevel !== 'info'
  return {
    record(record) {
      if (quiet) return
      const { kind, time, duration = 0, subject, stages, outcome = {} } = record
      const event = eventOf(record)
      if (event !== undefined) return terminal.log(eventLine(event, style, terminal.columns))
      const status = Number(outcome['status'] ?? 0)
      if (kind === 'request') {
        const text = (member: string) => String(subject[member] ?? '')
        terminal.log(
          requestLine(
            {
              time,
              method: text('method'),
              path: text('url') || text('path'),
              status,
              milliseconds: duration,
              answeredBy: text('functionUrl') ? text('function') : targetOf(methodOf(stages)),
              explanation: explanationOf(stages),
            },
            style,
            terminal.columns,
          ),
        )
      } else if (kind === 'call' && (verbose || status >= 400)) {
        const { service, operation, path, method } = subject
        terminal.log(
          requestLine(
            {
              time,
              method: 'AWS',
              path: operation === undefined ? `${method} ${path}` : `${service} ${operation}`,
              status,
              milliseconds: duration,
              answeredBy: String(outcome['error'] ?? ''),
              explanation: outcome['message'] === undefined ? undefined : String(outcome['message']),
            },
            style,
            terminal.columns,
          ),
        )
      }
    },
    functionLog({ functionName, records }) {
      if (quiet) return
      const lines = functionLines(
        records.map(({ message }) => message),
        style,
        verbose,
      )
      for (const line of lines)
        terminal.log(`          ${style.blue(functionName)} ${style.dim('│')} ${line}`)
    },
    reload({ changed, milliseconds, reloaded, problems, needRestart }) {
      const files = changed.map(file => relative(project, file).replaceAll('\\', '/'))
      const shown =
        files.length > 3 ? `${files.slice(0, 2).join(', ')} and ${files.length - 2} more` : files.join(', ')
      if (problems.length > 0) {
        const printable = problems.flatMap(problemsOf)
        const text = printable.map(problem => printProblem(problem, style)).join('\n\n')
        terminal.log(text === '' ? String(problems[0]) : text)
        terminal.log(style.dim(`  ${shown}: the last good state is kept`))
      } else if (!quiet) {
        const what = reloaded.length === 0 ? 'nothing changed' : reloaded.join(', ')
        terminal.log(
          `${style.green('↻')} ${shown || 'everything'} ${style.dim('→')} ${what} ${style.dim(`(${durationText(milliseconds)})`)}`,
        )
      }
      if (needRestart.length > 0) {
        const keys = needRestart.map(key => `\`${key}\``).join(', ')
        terminal.log(`${style.yellow('▲')} ${keys} changed: restart to use it`)
      }
    },
  }
}

type Stages = ShownRecord['stages']

/** Which method of which API a request met, as its first stage tells it. */
function methodOf(stages: Stages): MatchedMethod | undefined {
  const detail = stages.find(stage => stage.name === 'method request')?.detail
  return detail as MatchedMethod | undefined
}

/** What the gateway tells the terminal and not the client. */
function explanationOf(stages: Stages): string | undefined {
  const refusal = stages.findLast(stage => stage.name === 'gateway response')
  const { explanation, message } = (refusal?.detail ?? {}) as { explanation?: unknown; message?: unknown }
  return refusal === undefined ? undefined : String(explanation ?? message)
}
