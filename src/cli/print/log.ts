import type { Config } from '../../config/index.ts'
import type { Logger } from '../../ports/index.ts'
import type { Terminal } from '../terminal.ts'
import { createPrettyLogger } from './pretty-logger.ts'

/** The logger that the configuration asks for; pino is loaded only where lines are JSON. */
export async function createLogger(
  { logFormat, logLevel }: Pick<Config, 'logFormat' | 'logLevel'>,
  terminal: Terminal,
): Promise<Logger> {
  if (logFormat === 'pretty') return createPrettyLogger(terminal, logLevel)
  const { createJsonLogger } = await import('./json-logger.ts')
  return createJsonLogger(logLevel)
}
