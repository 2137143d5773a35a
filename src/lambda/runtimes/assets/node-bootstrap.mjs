// What every Node function runs in: started without knowing which function it will be (so that a pool of it hides the
// start of Node), told so over the framed pipe, then one invocation after the other as AWS's Node runtime does it.
// Behaviour: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html and the observable behaviour of
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client.
import { writeSync } from 'node:fs'
import { Module } from 'node:module'
import { Socket } from 'node:net'
import { redirectSdkVersion2 } from './node-aws-sdk-v2.mjs'
import { logError, patchConsole, setRequestId } from './node-console.mjs'
import { describeError, UnhandledPromiseRejection } from './node-errors.mjs'
import { FRAME, frame, frameHeader, frameReader, HEADER_LENGTH, writeFrameHeader } from './node-frames.mjs'
import { loadHandler } from './node-handler.mjs'
import { invokeBuffered } from './node-invoke.mjs'
import { exposeStreaming, invokeStreaming, isStreaming } from './node-streaming.mjs'

const CONTROL = 3
/** Up to this size a response is copied behind its header, so that one write carries both. */
const SMALL = 65_536
/** AWS's limit of a buffered response: 6 MB and what surrounds it. */
const MAXIMUM_RESPONSE = 6_291_556

const control = new Socket({ fd: CONTROL, readable: true, writable: true })

/** @type {import('./node-invoke.mjs').Handler | undefined} */
let handler
/** @type {number} Where an error that nobody caught goes: the init phase's report until the first event, then the invocation's. */
let uncaughtFrame = FRAME.INIT_ERROR

/** @param {number} type @param {Uint8Array | string} payload @param {() => void} [written] */
function send(type, payload, written) {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
  if (bytes.length <= SMALL) return control.write(frame(type, bytes), written)
  control.cork()
  control.write(frameHeader(type, bytes.length))
  const flowing = control.write(bytes, written)
  control.uncork()
  return flowing
}

/** Was `process.stdout` or `process.stderr` ever used? Making them costs time, so only their getters know. */
/** @type {import('node:net').Socket[]} */
const outputs = []
for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
  const descriptor = Object.getOwnPropertyDescriptor(process, name)
  const get = descriptor?.get
  if (!get) continue
  /** @type {import('node:net').Socket | undefined} */
  let stream
  Object.defineProperty(process, name, {
    ...descriptor,
    get() {
      if (!stream) {
        stream = /** @type {import('node:net').Socket} */ (get.call(process))
        outputs.push(stream)
      }
      return stream
    },
  })
}

/** How long a NEXT frame is. */
const NEXT_LENGTH = HEADER_LENGTH + 5
/**
 * A response's frame with room for the NEXT frame behind it: both are known in the same moment, and one write costs
 * half of two.
 * @type {Buffer | undefined}
 */
let held

/** Sends a response that waits for its NEXT frame without it. */
function release() {
  if (held) control.write(held.subarray(0, held.length - NEXT_LENGTH))
  held = undefined
}

/** Asks for the next event once everything that the function printed has left the process. */
function next() {
  const waiting = outputs.find(stream => stream.writableLength > 0 && !stream.destroyed)
  if (waiting) {
    release()
    waiting.once('drain', next)
    return
  }
  const bytes = held ?? Buffer.allocUnsafe(NEXT_LENGTH)
  held = undefined
  const status = bytes.subarray(bytes.length - NEXT_LENGTH)
  writeFrameHeader(status, FRAME.NEXT, 5)
  status.writeUInt32LE(process.resourceUsage().maxRSS, HEADER_LENGTH)
  // The pipes to the simulator are unreferenced during an invocation: what counts here is the function's own.
  status[HEADER_LENGTH + 4] = process.getActiveResourcesInfo().length > 0 ? 1 : 0
  control.ref()
  control.write(bytes)
}

/** @type {import('./node-invoke.mjs').Reporter} */
const report = {
  succeed(text) {
    const length = Buffer.byteLength(text)
    if (length <= SMALL) {
      held = Buffer.allocUnsafe(HEADER_LENGTH + length + NEXT_LENGTH)
      writeFrameHeader(held, FRAME.RESPONSE, length)
      held.write(text, HEADER_LENGTH)
    } else if (length > MAXIMUM_RESPONSE) {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAXIMUM_RESPONSE} bytes).`
      send(FRAME.ERROR, JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }))
    } else send(FRAME.RESPONSE, text)
  },
  fail(error) {
    send(FRAME.ERROR, JSON.stringify(describeError(error)))
  },
  send,
  next,
}

/** @param {string} title @param {Error} error @param {number} code */
function die(title, error, code) {
  logError(title, error)
  control.ref()
  send(uncaughtFrame, JSON.stringify(describeError(error)), () => process.exit(code))
}

process.on('uncaughtException', error => die('Uncaught Exception', error, 129))
process.on('unhandledRejection', (reason, promise) =>
  die('Unhandled Promise Rejection', new UnhandledPromiseRejection(reason, promise), 128),
)
process.on('exit', code => {
  // Behind a queue of unsent frames it would be taken for a part of them; then the exit status alone has to do.
  if (control.writableLength > 0) return
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32LE(code)
  try {
    writeSync(CONTROL, frame(FRAME.EXIT, bytes))
  } catch {
    // The simulator is gone: nobody is left to be told.
  }
})

/** Node 20 marks its own search path refresh as internal; it is how NODE_PATH given late takes effect. */
const modules = /** @type {{ _initPaths(): void }} */ (/** @type {unknown} */ (Module))

/** @param {{ name: string, environment?: Record<string, string>, directory: string, handler: string, entry?: string }} start */
async function init(start) {
  const { environment } = start
  if (environment) {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name]
    Object.assign(process.env, environment)
  }
  modules._initPaths()
  process.chdir(start.directory)
  process.title = `lambda ${start.name}`
  // As on AWS, `require.main` and `process.argv` show no file of the function's own.
  patchConsole()
  exposeStreaming()
  redirectSdkVersion2()
  // What was compiled for the user is shown as the user wrote it; other code as on AWS, where NODE_OPTIONS decides.
  if (start.entry !== undefined) process.setSourceMapsEnabled(true)
  handler = await loadHandler(start.directory, start.handler, start.entry)
  next()
}

/** @param {Buffer} payload */
function invoke(payload) {
  const eventAt = 4 + payload.readUInt32LE(0)
  /** @type {import('./node-invoke.mjs').InvocationHead} */
  const head = JSON.parse(payload.toString('utf8', 4, eventAt))
  control.unref()
  uncaughtFrame = FRAME.ERROR
  setRequestId(head.requestId)
  if (head.traceId === undefined) delete process.env['_X_AMZN_TRACE_ID']
  else process.env['_X_AMZN_TRACE_ID'] = head.traceId
  const event = payload.toString('utf8', eventAt)
  if (!handler) throw new Error('an event arrived before the handler was loaded')
  const run = isStreaming(handler) ? invokeStreaming : invokeBuffered
  const loaded = handler
  // In a turn of its own, so that stack traces end here and not somewhere in the pipe.
  void Promise.resolve().then(() => run(loaded, event, head, report))
}

control.on(
  'data',
  frameReader((type, payload) => {
    if (type === FRAME.INVOKE) invoke(payload)
    else if (type === FRAME.INIT)
      init(JSON.parse(payload.toString())).catch(error => die('Uncaught Exception', error, 129))
  }),
)
// Without a simulator there is nobody to work for.
control.on('end', () => process.exit(0))
control.on('error', () => process.exit(0))
