import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { startProcess } from '../processes/supervised-process.ts'
import type { Watchdog } from '../processes/watchdog.ts'
import {
  FRAME,
  frame,
  frameHeader,
  frameReader,
  HEADER_LENGTH,
  writeFrameHeader,
} from './assets/node-frames.mjs'
import { inspectorLines } from './inspector-lines.ts'
import { readText } from './read-text.ts'
import type { Runtime, RuntimeEvents, RuntimeInvocation, RuntimeStart } from './runtime.ts'
import { telemetryReader } from './telemetry-reader.ts'

const bootstrap = fileURLToPath(new URL('./assets/node-bootstrap.mjs', import.meta.url))
/** Up to this size an event is copied behind its head, so that one write carries both. */
const small = 65_536

/** A started Node process that does not know its function yet. */
export interface NodeBootstrap {
  /** Makes it the function's runtime; `complete`: its environment is already as it shall be. */
  become(start: RuntimeStart, events: RuntimeEvents, complete?: boolean): Runtime
  kill(): void
  readonly ended: Promise<unknown>
}

/** What is said of a process before it has a function to say it to. */
const nobody: RuntimeEvents = {
  ready() {},
  initFailed() {},
  responded() {},
  streamStarted() {},
  streamed() {},
  streamEnded() {},
  failed() {},
  printed() {},
  debuggerListening() {},
  debuggerAttached() {},
  exited() {},
}

/** Starts Node with our bootstrap; `line` is Node with its options, `environment` what must be there from its first moment. */
export function startNodeBootstrap(
  line: readonly string[],
  environment: Readonly<Record<string, string>>,
  directory: string,
  watchdog: Watchdog,
): NodeBootstrap {
  const [command = '', ...rest] = line
  let events = nobody
  let memory = 0
  let inspectorUrl: string | undefined
  const child = startProcess(
    {
      command,
      arguments: [...rest, bootstrap],
      directory,
      environment,
      pipes: 2,
    },
    watchdog,
  )
  const control = child.child.stdio[3] as Duplex
  const telemetry = child.child.stdio[4] as Duplex
  // A process that ends while we write to it; `exited` says so.
  control.on('error', () => {})
  telemetry.on('error', () => {})
  let exitCode: number | undefined

  control.on(
    'data',
    frameReader((type, payload) => {
      if (type === FRAME.NEXT) {
        memory = payload.readUInt32LE(0) * 1024
        events.ready(payload[4] === 1)
      } else if (type === FRAME.RESPONSE) events.responded(payload)
      else if (type === FRAME.ERROR) events.failed(payload)
      else if (type === FRAME.INIT_ERROR) events.initFailed(payload)
      else if (type === FRAME.STREAM_START) events.streamStarted(payload.toString())
      else if (type === FRAME.STREAM_CHUNK) events.streamed(payload)
      else if (type === FRAME.STREAM_END) events.streamEnded(payload.length > 0 ? payload : undefined)
      else if (type === FRAME.EXIT) exitCode = payload.readInt32LE(0)
    }),
  )
  telemetry.on(
    'data',
    telemetryReader((text, time) => events.printed(text, time)),
  )
  readText(
    child,
    text => events.printed(text),
    inspectorLines({
      debuggerListening: url => {
        inspectorUrl = url
        events.debuggerListening(url)
      },
      debuggerAttached: () => events.debuggerAttached(),
    }),
  )
  const ended = child.ended.then(exit => {
    control.destroy()
    telemetry.destroy()
    // `process.exit(137)` is no signal: the bootstrap told us the code.
    events.exited(exitCode === undefined ? exit : { kind: 'code', code: exitCode })
  })

  return {
    ended,
    kill: child.kill,
    become(start, runtimeEvents, complete = false) {
      events = runtimeEvents
      if (inspectorUrl !== undefined) events.debuggerListening(inspectorUrl)
      const { definition } = start
      control.write(
        frame(
          FRAME.INIT,
          Buffer.from(
            JSON.stringify({
              name: definition.name,
              ...(!complete && { environment: start.environment }),
              directory: definition.codeDirectory,
              handler: definition.handler,
              entry: definition.entry,
            }),
          ),
        ),
      )
      return {
        pid: child.pid,
        invoke: invocation => sendEvent(control, invocation),
        freeze: child.freeze,
        thaw: child.thaw,
        kill: child.kill,
        memoryUsed: () => memory,
        async shutdown() {
          child.kill()
          await ended
        },
      }
    },
  }
}

function sendEvent(control: Duplex, invocation: RuntimeInvocation): void {
  const { payload, requestId, deadline, arn, traceId, clientContext, cognitoIdentity } = invocation
  const head = JSON.stringify({ requestId, deadline, arn, traceId, clientContext, cognitoIdentity })
  const headLength = Buffer.byteLength(head)
  const length = 4 + headLength + payload.length
  if (length <= small) {
    const bytes = Buffer.allocUnsafe(HEADER_LENGTH + length)
    writeFrameHeader(bytes, FRAME.INVOKE, length)
    bytes.writeUInt32LE(headLength, HEADER_LENGTH)
    bytes.write(head, HEADER_LENGTH + 4)
    bytes.set(payload, HEADER_LENGTH + 4 + headLength)
    control.write(bytes)
    return
  }
  const front = Buffer.allocUnsafe(4)
  front.writeUInt32LE(headLength)
  control.cork()
  control.write(frameHeader(FRAME.INVOKE, length))
  control.write(front)
  control.write(head)
  control.write(payload)
  control.uncork()
}
