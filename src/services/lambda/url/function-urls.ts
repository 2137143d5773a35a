import { PassThrough } from 'node:stream'
import { AwsError } from '../../../aws/index.ts'
import type { Clock, Functions, InvocationResult, Logger } from '../../../ports/index.ts'
import type { Store } from '../../../stores/index.ts'
import { arnOf, type Reference } from '../names.ts'
import { policyOf, policyText } from '../policy.ts'
import { type Scope, type UrlRecord, urls } from '../state.ts'
import { preflightReply, withCors } from './url-cors.ts'
import { type UrlCaller, type UrlRequest, urlEvent } from './url-event.ts'
import { badGateway, headOf, textReply, type UrlReply, urlReply } from './url-reply.ts'

export type { UrlRequest } from './url-event.ts'
export type { UrlReply } from './url-reply.ts'

/** Verifies who calls a URL of type AWS_IAM and whether they may; rejects with an AwsError. */
export type UrlAuthorizer = (call: {
  readonly functionArn: string
  readonly resourcePolicy: string | undefined
}) => Promise<UrlCaller>

/** Serves function URLs. */
export interface FunctionUrls {
  handle(id: string, request: UrlRequest, authorize: UrlAuthorizer): Promise<UrlReply>
}

interface Parts {
  readonly store: Store
  readonly functions: Functions
  readonly clock: Clock
  readonly log: Logger
  readonly scope: Scope
}

interface Found {
  readonly holder: Reference
  readonly record: UrlRecord
  readonly policy: string | undefined
}

/** Documented at https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
const forbidden = (): UrlReply =>
  textReply(
    403,
    '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}',
  )

function refused(error: AwsError): UrlReply {
  if (error.code === 'TooManyRequestsException') return textReply(429, '{"Message":"Too Many Requests"}')
  if (error.code === 'RequestTooLargeException')
    return textReply(413, '{"Message":"Request Entity Too Large"}')
  return badGateway()
}

export function createFunctionUrls({ store, functions, clock, log, scope }: Parts): FunctionUrls {
  const warned = new Set<string>()
  const find = async (id: string): Promise<Found | undefined> =>
    await store.read(reader => {
      for (const [[name, qualifier], record] of urls.under(reader)) {
        if (record.id !== id) continue
        const holder =
          qualifier === '' ? { name: String(name) } : { name: String(name), qualifier: String(qualifier) }
        const policy = policyOf(reader, holder)
        return { holder, record, policy: policy && policyText(policy) }
      }
      return undefined
    })

  const warnOfPolicy = ({ holder, record, policy }: Found): void => {
    if (policy?.includes('lambda:InvokeFunctionUrl') || warned.has(record.id)) return
    warned.add(record.id)
    log.warn(
      { function: holder.name },
      `The URL of ${holder.name} is open here; on AWS it answers 403 until AddPermission allows lambda:InvokeFunctionUrl to everybody`,
    )
  }

  const streamed = (invoke: (push: Streaming) => Promise<InvocationResult>): Promise<UrlReply> =>
    new Promise(resolve => {
      const body = new PassThrough()
      let head: Omit<UrlReply, 'body'> | undefined
      const begin = (answer: Readonly<Record<string, unknown>>): void => {
        if (head) return
        head = headOf(answer)
        resolve({ ...head, body })
      }
      invoke({
        onStreamMetadata: metadata => begin((metadata ?? {}) as Record<string, unknown>),
        onChunk: chunk => {
          begin({ headers: { 'content-type': 'application/octet-stream' } })
          body.write(chunk)
        },
      }).then(
        result => {
          if (head) {
            if (result.functionError)
              body.destroy(new AwsError('FunctionError', 'the function failed in its stream'))
            else body.end()
          } else resolve(result.functionError ? badGateway() : urlReply(result.payload))
        },
        (error: unknown) => {
          if (head) body.destroy(error as Error)
          else if (error instanceof AwsError) resolve(refused(error))
          else resolve(badGateway())
        },
      )
    })

  return {
    async handle(id, request, authorize) {
      const found = await find(id)
      if (found === undefined) return textReply(403, '{"Message":"Forbidden"}')
      const { holder, record, policy } = found
      const preflight = preflightReply(record.cors, request)
      if (preflight) return preflight
      let caller: UrlCaller | undefined
      if (record.authType === 'AWS_IAM') {
        try {
          caller = await authorize({ functionArn: arnOf(scope, holder), resourcePolicy: policy })
        } catch (error) {
          if (!(error instanceof AwsError)) throw error
          log.debug({ error, function: holder.name }, 'a call of a function URL was refused')
          return withCors(record.cors, request, forbidden())
        }
      } else warnOfPolicy(found)
      const event = urlEvent(request, { id, ...scope, now: clock.now() }, caller)
      const invocation = {
        functionName: holder.name,
        ...(holder.qualifier !== undefined && { qualifier: holder.qualifier }),
        invocationType: 'RequestResponse' as const,
        payload: Buffer.from(JSON.stringify(event)),
        requestId: request.requestId,
      }
      if (record.invokeMode === 'RESPONSE_STREAM')
        return withCors(
          record.cors,
          request,
          await streamed(push => functions.invoke({ ...invocation, ...push })),
        )
      const reply = await functions.invoke(invocation).then(
        result => (result.functionError ? badGateway() : urlReply(result.payload)),
        (error: unknown) => {
          if (error instanceof AwsError) return refused(error)
          throw error
        },
      )
      return withCors(record.cors, request, reply)
    },
  }
}

interface Streaming {
  readonly onStreamMetadata: (metadata: unknown) => void
  readonly onChunk: (chunk: Uint8Array) => void
}
