import { destination, pino } from 'pino'
import { type Logger, realTime } from '../../ports/index.ts'
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
      timestamp: createTimestamp(),
      serializers: { error: serialize, err: serialize },
    },
    createLineBuffer(text => stderr.write(text)),
  )
}

/** Many lines are of one millisecond, and printing a time takes as long as the rest of a line. */
function createTimestamp(): () => string {
  let last = 0
  let text = ''
  return () => {
    const now = realTime()
    if (now !== last) {
      last = now
      text = `,"time":"${new Date(now).toISOString()}"`
    }
    return text
  }
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
