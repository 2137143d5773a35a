// One buffered invocation with the three ways of AWS's Node programming model: a promise, a callback, and the legacy
// `context.succeed`/`fail`/`done`. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
import { logError } from './node-console.mjs'
import { NodeJsExit } from './node-errors.mjs'

/**
 * @typedef {(event: unknown, context: object, callback: (error?: unknown, result?: unknown) => void) => unknown} Handler
 *
 * @typedef {object} InvocationHead
 * @property {string} requestId
 * @property {number} deadline milliseconds since 1970
 * @property {string} arn
 * @property {string} [traceId]
 * @property {string} [clientContext] JSON
 * @property {string} [cognitoIdentity] JSON
 *
 * @typedef {object} Reporter
 * @property {(json: string) => void} succeed `next` follows at once
 * @property {(error: unknown) => void} fail
 * @property {(type: number, payload: Uint8Array | string, written?: () => void) => boolean} send
 * @property {() => void} next
 */

const NODE_EXIT_MESSAGE =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes'

/** Run when the event loop is empty. One for the process: invocations come one after the other. */
let whenDrained = () => {}
process.on('beforeExit', () => whenDrained())

/** @param {() => void} run */
export function onDrained(run) {
  whenDrained = run
}

/** @param {string | undefined} json @param {string} name */
function parse(json, name) {
  if (json === undefined) return undefined
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new Error(`Cannot parse ${name} as json: ${error}`)
  }
}

/** The parts of the context that every kind of handler sees. @param {InvocationHead} head */
export function contextData(head) {
  const environment = process.env
  const { deadline } = head
  return {
    functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'],
    functionName: environment['AWS_LAMBDA_FUNCTION_NAME'],
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'],
    clientContext: parse(head.clientContext, 'ClientContext'),
    identity: parse(head.cognitoIdentity, 'CognitoIdentity'),
    invokedFunctionArn: head.arn,
    awsRequestId: head.requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  }
}

/** @param {unknown} result */
function serialise(result) {
  try {
    // A function or a symbol has no JSON at all; AWS answers with an empty body then.
    return JSON.stringify(result === undefined ? null : result) ?? ''
  } catch {
    throw new Error('Unable to stringify response body')
  }
}

/** Makes stack traces name the handler as on AWS: `at Runtime.handler (…)`. */
class Runtime {
  /** @param {Handler} handler */
  constructor(handler) {
    this.handler = handler
  }
}

/**
 * @param {Handler} handler
 * @param {string} eventText
 * @param {InvocationHead} head
 * @param {Reporter} report
 */
export function invokeBuffered(handler, eventText, head, report) {
  let finished = false
  // A plain property, read when it counts: accessors in a literal would give each context a hidden class of its own.
  let waitsForEmptyEventLoop = () => true

  /** @param {unknown} error */
  const postError = error => {
    logError('Invoke Error', error)
    report.fail(error)
    report.next()
  }
  /** @param {unknown} result */
  const complete = result => {
    report.succeed(serialise(result))
    report.next()
  }
  /** @param {unknown} error @param {unknown} result */
  const done = (error, result) => {
    onDrained(() => {})
    if (error === undefined || error === null) complete(result)
    else postError(error)
  }
  /** @param {unknown} [error] @param {unknown} [result] */
  const callback = (error, result) => {
    onDrained(() => {})
    if (error !== undefined && error !== null) postError(error)
    else if (waitsForEmptyEventLoop()) onDrained(() => setImmediate(() => done(null, result)))
    else complete(result)
  }
  /**
   * Only the first call of any of them counts. It counts once it has gone well: a result that cannot be serialised
   * throws out of it, and the error may then be reported by another call.
   * @template {unknown[]} Arguments
   * @param {(...parts: Arguments) => void} report
   * @returns {(...parts: Arguments) => void}
   */
  const once =
    report =>
    (...parts) => {
      if (finished) return
      report(...parts)
      finished = true
    }

  const fail = once((/** @type {unknown} */ error) => done(error ?? 'handled', null))
  const succeed = once((/** @type {unknown} */ result) => done(null, result))
  const firstCallback = once(callback)
  const isAsync = handler.constructor?.name === 'AsyncFunction'

  onDrained(() => {
    onDrained(() => {})
    if (finished) return
    finished = true
    if (isAsync) postError(new NodeJsExit(NODE_EXIT_MESSAGE))
    else complete(null)
  })

  try {
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      succeed,
      fail,
      done: once(done),
      ...contextData(head),
    }
    waitsForEmptyEventLoop = () => context.callbackWaitsForEmptyEventLoop
    const result = new Runtime(handler).handler(JSON.parse(eventText), context, firstCallback)
    const promise = /** @type {Promise<unknown> | undefined} */ (result)
    if (promise && typeof promise.then === 'function') promise.then(succeed, fail).catch(fail)
  } catch (error) {
    firstCallback(error)
  }
}
