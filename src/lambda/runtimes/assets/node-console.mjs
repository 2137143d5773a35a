// `console` as AWS's Node runtime has it: every call is one record with time, request id and level, written over a pipe
// of its own so that records keep their line breaks. Formats:
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html and monitoring-cloudwatchlogs-logformat.html.
import { writeSync } from 'node:fs'
import { format } from 'node:util'
import { errorLine } from './node-errors.mjs'

const TELEMETRY = 4
/** First four bytes of a record, text or JSON, before the level is put in. */
const TEXT_RECORD = 0xa55a0003
const JSON_RECORD = 0xa55a0002

const levels = /** @type {const} */ ({
  TRACE: { name: 'TRACE', priority: 1, mask: 0b00100 },
  DEBUG: { name: 'DEBUG', priority: 2, mask: 0b01000 },
  INFO: { name: 'INFO', priority: 3, mask: 0b01100 },
  WARN: { name: 'WARN', priority: 4, mask: 0b10000 },
  ERROR: { name: 'ERROR', priority: 5, mask: 0b10100 },
  FATAL: { name: 'FATAL', priority: 6, mask: 0b11000 },
})
/** @typedef {(typeof levels)[keyof typeof levels]} Level */

/** @type {string | undefined} */
let requestId
let asJson = false
/** @type {Level} */
let least = levels.TRACE

/** @param {string} id */
export function setRequestId(id) {
  requestId = id
}

/** @param {number} type @param {Date} time @param {string} text */
function write(type, time, text) {
  const length = Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(16 + length)
  bytes.writeUInt32BE(type >>> 0, 0)
  bytes.writeUInt32BE(length, 4)
  bytes.writeBigInt64BE(BigInt(time.valueOf()) * 1000n, 8)
  bytes.write(text, 16)
  // The pipe blocks: a function that logs faster than the simulator reads waits, and process.exit loses nothing.
  for (let at = 0; at < bytes.length; ) at += writeSync(TELEMETRY, bytes, at)
}

/** @param {unknown} error */
function errorName(error) {
  return /** @type {Error} */ (error)?.constructor?.name ?? 'UnknownError'
}

/** @param {string} _key @param {unknown} value */
function withErrors(_key, value) {
  if (!(value instanceof Error)) return value
  return {
    errorType: errorName(value),
    errorMessage: value.message,
    stackTrace: typeof value.stack === 'string' ? value.stack.split('\n') : value.stack,
    ...value,
  }
}

/** @param {Level} level @param {Date} time @param {unknown[]} parts */
function jsonRecord(level, time, parts) {
  /** @type {Record<string, unknown>} */
  const record = { timestamp: time.toISOString(), level: level.name, requestId }
  if (parts.length === 1) {
    record['message'] = parts[0]
    try {
      return JSON.stringify(record, withErrors)
    } catch {
      // A cycle or a BigInt: then as text.
      record['message'] = format(parts[0])
      return JSON.stringify(record)
    }
  }
  record['message'] = format(...parts)
  const error = parts.find(part => part instanceof Error)
  if (error instanceof Error) {
    record['errorType'] = errorName(error)
    record['errorMessage'] = error.message
    record['stackTrace'] = typeof error.stack === 'string' ? error.stack.split('\n') : []
  }
  return JSON.stringify(record)
}

/** @param {Level} level @param {unknown[]} parts */
function log(level, parts) {
  const time = new Date()
  if (asJson) write(JSON_RECORD | level.mask, time, `${jsonRecord(level, time, parts)}\n`)
  else
    write(
      TEXT_RECORD | level.mask,
      time,
      `${time.toISOString()}\t${requestId}\t${level.name}\t${format(...parts)}\n`,
    )
}

/** Replaces the console's methods; called once the function's environment is known. */
export function patchConsole() {
  asJson = process.env['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON'
  const asked = process.env['AWS_LAMBDA_LOG_LEVEL']?.toUpperCase() ?? 'TRACE'
  least = Object.values(levels).find(level => level.name === asked) ?? levels.TRACE
  /** @param {Level} level @returns {(...parts: unknown[]) => void} */
  const method = level =>
    level.priority < least.priority
      ? () => {}
      : (...parts) => {
          log(level, parts)
        }
  const info = method(levels.INFO)
  Object.assign(globalThis.console, {
    trace: method(levels.TRACE),
    debug: method(levels.DEBUG),
    info,
    log: info,
    warn: method(levels.WARN),
    error: method(levels.ERROR),
    fatal: (/** @type {unknown[]} */ ...parts) => log(levels.FATAL, parts),
  })
}

/** What the runtime itself warns of. @param {unknown[]} parts */
export function logWarning(...parts) {
  if (levels.WARN.priority >= least.priority) log(levels.WARN, parts)
}

/** What the runtime itself logs about a failed invocation. @param {string} title @param {unknown} error */
export function logError(title, error) {
  if (levels.ERROR.priority < least.priority) return
  const shown = error instanceof Error ? error : new Error(String(error))
  log(levels.ERROR, asJson ? [shown] : [title, errorLine(shown)])
}
