import { terminalPreferences } from '../config/index.ts'
import { createLineBuffer } from './print/line-buffer.ts'
import { createStyle, type Style } from './print/style.ts'

/** Where a command writes: what was asked for to stdout, everything else to stderr. */
export interface Terminal {
  /** For stdout. */
  readonly style: Style
  /** For stderr. */
  readonly logStyle: Style
  /** Whether someone looks at stderr. */
  readonly interactive: boolean
  /** Columns of stderr. */
  readonly columns: number
  readonly rows: number
  print(text: string): void
  log(text: string): void
}

/** The process's own terminal. */
export function openTerminal(): Terminal {
  const out = terminalPreferences(process.stdout)
  const log = terminalPreferences(process.stderr)
  const lines = createLineBuffer(text => void process.stderr.write(text))
  return {
    style: createStyle(out.color),
    logStyle: createStyle(log.color),
    interactive: log.interactive,
    columns: process.stderr.columns ?? 100,
    rows: process.stderr.rows ?? 40,
    print: text => {
      lines.flush()
      process.stdout.write(`${text}\n`)
    },
    log: text => lines.write(`${text}\n`),
  }
}
