import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FunctionDefinition, Ids } from '../../ports/index.ts'
import type { RuntimeInvocation } from './runtime.ts'
import { type FurtherRoutes, sendJson } from './runtime-api.ts'

type EventType = 'INVOKE' | 'SHUTDOWN'

/** An extension that registered itself, from inside the runtime or as a process of its own. */
interface Extension {
  readonly name: string
  readonly events: ReadonlySet<EventType>
  /** Its request for the next event, while it waits. */
  waiting: ServerResponse | undefined
}

/** The Extensions API of one execution environment. */
export interface ExtensionHost {
  readonly routes: FurtherRoutes
  /** Resolves when all of `names` have registered. */
  registered(names: readonly string[]): Promise<void>
  /** Calls `run` once no extension is busy. */
  whenIdle(run: () => void): void
  invoke(invocation: RuntimeInvocation): void
  /** Tells those that want to know; answers how many do. */
  shutdown(reason: string, deadline: number): number
}

/** What the host is told and tells. */
export interface ExtensionHostOptions {
  readonly definition: FunctionDefinition
  readonly version: string
  readonly account: string
  readonly ids: Ids
  /** An extension reported that it cannot go on. */
  readonly failed: (errorType: string, message: string) => void
}

const nameHeader = 'lambda-extension-name'
const identifierHeader = 'lambda-extension-identifier'

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html */
export function createExtensionHost(options: ExtensionHostOptions): ExtensionHost {
  const extensions = new Map<string, Extension>()
  let expected: { readonly names: Set<string>; readonly resolve: () => void } | undefined
  let whenIdle: (() => void) | undefined

  const settle = (): void => {
    const run = whenIdle
    if (!run || [...extensions.values()].some(extension => extension.waiting === undefined)) return
    whenIdle = undefined
    run()
  }
  const forbid = (response: ServerResponse, errorType: string, errorMessage: string): void =>
    sendJson(response, 403, { errorMessage, errorType })

  const register = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = request.headers[nameHeader]
    const text = await bodyOf(request)
    if (typeof name !== 'string' || name === '') {
      forbid(response, 'Extension.InvalidExtensionName', 'Empty extension name')
      return
    }
    let events: unknown
    try {
      events = (JSON.parse(text || '{}') as { events?: unknown }).events ?? []
    } catch (error) {
      forbid(response, 'InvalidRequestFormat', String(error))
      return
    }
    if (!Array.isArray(events) || !events.every(event => event === 'INVOKE' || event === 'SHUTDOWN')) {
      forbid(response, 'Extension.InvalidEventType', `${JSON.stringify(events)}: not INVOKE or SHUTDOWN`)
      return
    }
    if ([...extensions.values()].some(extension => extension.name === name)) {
      forbid(response, 'Extension.InvalidExtensionState', 'Extension with this name already registered')
      return
    }
    const id = options.ids.uuid()
    extensions.set(id, { name, events: new Set(events as EventType[]), waiting: undefined })
    response.setHeader('Lambda-Extension-Identifier', id)
    const { definition, version, account } = options
    const wantsAccount = String(request.headers['lambda-extension-accept-feature'] ?? '').includes(
      'accountId',
    )
    sendJson(response, 200, {
      functionName: definition.name,
      functionVersion: version,
      handler: definition.handler,
      ...(wantsAccount && { accountId: account }),
    })
    expected?.names.delete(name)
    if (expected?.names.size === 0) expected.resolve()
  }

  const known = (request: IncomingMessage, response: ServerResponse): Extension | undefined => {
    const id = request.headers[identifierHeader]
    const extension = typeof id === 'string' ? extensions.get(id) : undefined
    if (!extension)
      forbid(
        response,
        id === undefined ? 'Extension.MissingExtensionIdentifier' : 'Extension.UnknownExtensionIdentifier',
        id === undefined ? 'Missing Lambda-Extension-Identifier header' : `Unknown extension ${id}`,
      )
    return extension
  }
  const failure = async (request: IncomingMessage, response: ServerResponse, type: string): Promise<void> => {
    const extension = known(request, response)
    await bodyOf(request)
    if (!extension) return
    const errorType = request.headers['lambda-extension-function-error-type']
    sendJson(response, 202, { status: 'OK' })
    options.failed(
      type,
      `extension ${extension.name}: ${typeof errorType === 'string' ? errorType : 'error'}`,
    )
  }
  const send = (extension: Extension, event: object): void => {
    const response = extension.waiting
    extension.waiting = undefined
    response?.setHeader('Lambda-Extension-Event-Identifier', options.ids.uuid())
    if (response) sendJson(response, 200, event)
  }

  return {
    routes(request, response) {
      const route = `${request.method} ${request.url}`
      if (route === 'POST /2020-01-01/extension/register') void register(request, response)
      else if (route === 'GET /2020-01-01/extension/event/next') {
        const extension = known(request, response)
        if (extension) {
          extension.waiting = response
          settle()
        }
      } else if (route === 'POST /2020-01-01/extension/init/error')
        void failure(request, response, 'Extension.InitError')
      else if (route === 'POST /2020-01-01/extension/exit/error')
        void failure(request, response, 'Extension.ExitError')
      else if (route === 'PUT /2020-08-15/logs' || route === 'PUT /2022-07-01/telemetry') {
        request.resume()
        // As AWS's own emulator answers, so that extensions go on without it.
        sendJson(response, 202, {
          errorType: 'Telemetry.NotSupported',
          errorMessage: 'The Telemetry API is not supported here',
        })
      } else return false
      return true
    },
    registered(names) {
      return new Promise(resolve => {
        expected = { names: new Set(names), resolve }
        for (const extension of extensions.values()) expected.names.delete(extension.name)
        if (expected.names.size === 0) resolve()
      })
    },
    whenIdle(run) {
      whenIdle = run
      settle()
    },
    invoke({ requestId, arn, deadline, traceId }) {
      for (const extension of extensions.values()) {
        if (!extension.events.has('INVOKE')) continue
        send(extension, {
          eventType: 'INVOKE',
          deadlineMs: deadline,
          requestId,
          invokedFunctionArn: arn,
          ...(traceId !== undefined && { tracing: { type: 'X-Amzn-Trace-Id', value: traceId } }),
        })
      }
    },
    shutdown(shutdownReason, deadlineMs) {
      let told = 0
      for (const extension of extensions.values()) {
        if (!extension.events.has('SHUTDOWN') || !extension.waiting) continue
        told++
        send(extension, { eventType: 'SHUTDOWN', shutdownReason, deadlineMs })
      }
      return told
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
