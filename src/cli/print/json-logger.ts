import { destination, pino } from 'pino'
import type { Logger } from '../../ports/index.ts'
import { createLineBuffer } from './line-buffer.ts'
import type { LogLevel } from './pretty-logger.ts'
import { placeText, problemsOf } from './problem.ts'

/** Logs for machines: one JSON object a line on stderr, with the level's name and ISO time. */
export function createJsonLogger(level: LogLevel): Logger {
  const stderr = destination({ fd: 2, sync: true })
  return pino(
    {
      level,
      base: null,
      formatters: { level: label => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: serialize, err: serialize },
    },
    createLineBuffer(text => stderr.write(text)),
  )
}

function serialize(error: unknown): unknown {
  const problems = problemsOf(error)
  if (problems.length > 0) {
    return problems.map(({ code, message, hint, position }) => ({
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(position === undefined ? {} : { place: placeText(position) }),
    }))
  }
  return pino.stdSerializers.err(error as Error)
}
