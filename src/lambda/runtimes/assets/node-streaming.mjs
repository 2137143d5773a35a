// Response streaming: `awslambda.streamifyResponse` and `awslambda.HttpResponseStream`.
// https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
import { Writable } from 'node:stream'
import { logError, logWarning } from './node-console.mjs'
import { describeError, InvalidStreamingOperation, MalformedStreamingHandler } from './node-errors.mjs'
import { FRAME } from './node-frames.mjs'
import { contextData, onDrained } from './node-invoke.mjs'

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')
const HTTP_CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response'
/** What stands between the JSON in front of an HTTP response and its body. */
const DELIMITER = new Uint8Array(8)

/** The stream that a handler writes its response to. */
class ResponseStream extends Writable {
  /** @param {import('./node-invoke.mjs').Reporter} report @param {number | undefined} highWaterMark */
  constructor(report, highWaterMark) {
    super(highWaterMark === undefined ? {} : { highWaterMark })
    this.report = report
    this.contentType = 'application/octet-stream'
    this.started = false
    /** Set by `HttpResponseStream.from`. @type {((write: (chunk: string | Uint8Array) => void) => void) | undefined} */
    this._onBeforeFirstWrite = undefined
  }

  /** @param {string} contentType */
  setContentType(contentType) {
    if (this.started) throw new InvalidStreamingOperation('Cannot set content-type, too late.')
    this.contentType = contentType
  }

  start() {
    if (this.started) return
    this.started = true
    this.report.send(FRAME.STREAM_START, this.contentType)
    this._onBeforeFirstWrite?.(chunk => {
      this.report.send(FRAME.STREAM_CHUNK, chunk)
    })
  }

  /**
   * AWS takes objects too and writes them as JSON.
   * @override
   * @param {any} chunk
   * @param {any} [encoding]
   * @param {any} [callback]
   */
  write(chunk, encoding, callback) {
    const bytes = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk)
    return super.write(bytes, encoding, callback)
  }

  /**
   * @override
   * @param {Buffer} chunk
   * @param {BufferEncoding} _encoding
   * @param {(error?: Error | null) => void} callback
   */
  _write(chunk, _encoding, callback) {
    this.start()
    this.report.send(FRAME.STREAM_CHUNK, chunk, () => callback())
  }

  /** @override @param {(error?: Error | null) => void} callback */
  _final(callback) {
    this.start()
    callback()
  }
}

/** @typedef {import('./node-invoke.mjs').Handler & { [STREAMING]?: unknown, [HIGH_WATER_MARK]?: unknown }} MarkedHandler */

/** Puts `awslambda` where handlers look for it, unless they forbid it. */
export function exposeStreaming() {
  const refused = process.env['AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA']
  if (refused === '1' || refused === 'true') return
  Object.assign(globalThis, {
    awslambda: {
      /** @param {MarkedHandler} handler @param {{ highWaterMark?: number }} [options] */
      streamifyResponse(handler, options) {
        handler[STREAMING] = 'response'
        if (typeof options?.highWaterMark === 'number')
          handler[HIGH_WATER_MARK] = Math.trunc(options.highWaterMark)
        return handler
      },
      HttpResponseStream: {
        /** @param {ResponseStream} stream @param {unknown} metadata */
        from(stream, metadata) {
          stream.setContentType(HTTP_CONTENT_TYPE)
          const prelude = JSON.stringify(metadata)
          stream._onBeforeFirstWrite = write => {
            write(prelude)
            write(DELIMITER)
          }
          return stream
        },
      },
    },
  })
}

/** @param {MarkedHandler} handler @returns {boolean} */
export function isStreaming(handler) {
  const kind = handler[STREAMING]
  if (kind === undefined || kind === null || kind === false) return false
  if (kind === 'response') return true
  throw new MalformedStreamingHandler('Only response streaming is supported.')
}

/**
 * @param {MarkedHandler} handler
 * @param {string} eventText
 * @param {import('./node-invoke.mjs').InvocationHead} head
 * @param {import('./node-invoke.mjs').Reporter} report
 */
export async function invokeStreaming(handler, eventText, head, report) {
  const mark = handler[HIGH_WATER_MARK]
  const stream = new ResponseStream(report, typeof mark === 'number' ? mark : undefined)
  const context = { callbackWaitsForEmptyEventLoop: true }
  let ended = false
  /** @param {unknown} [error] */
  const end = error => {
    if (ended) return
    ended = true
    if (error !== undefined) {
      logError('Invoke Error', error)
      stream.start()
      report.send(FRAME.STREAM_END, JSON.stringify(describeError(error)))
    } else report.send(FRAME.STREAM_END, '')
    if (context.callbackWaitsForEmptyEventLoop && error === undefined) onDrained(() => setImmediate(finish))
    else finish()
  }
  const finish = () => {
    onDrained(() => {})
    report.next()
  }
  onDrained(() => end(new Error('Response stream is not finished.')))
  try {
    Object.assign(context, contextData(head))
    const call = /** @type {(event: unknown, stream: ResponseStream, context: object) => unknown} */ (
      /** @type {unknown} */ (handler)
    )
    const result = /** @type {Promise<unknown> | undefined} */ (call(JSON.parse(eventText), stream, context))
    if (typeof result?.then !== 'function') throw 'Streaming does not support non-async handlers.'
    if ((await result) !== undefined) logWarning('Streaming handlers ignore return values.')
    if (!stream.writableEnded) throw 'Response stream is not finished.'
    if (!stream.writableFinished) await new Promise(resolve => stream.once('finish', resolve))
    end()
  } catch (error) {
    end(error)
  }
}
