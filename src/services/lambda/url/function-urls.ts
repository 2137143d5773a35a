import { PassThrough } from 'node:stream'
import { AwsError } from '../../../aws/index.ts'
import type { Clock, FunctionHost, Functions, Ids, InvocationResult, Logger } from '../../../ports/index.ts'
import type { Store } from '../../../stores/index.ts'
import { arnOf, type Reference } from '../names.ts'
import { policyOf, policyText } from '../policy.ts'
import { missingForPublicUrl } from '../service-permission.ts'
import { type PolicyRecord, type UrlRecord, urls } from '../state.ts'
import { preflightReply, withCors } from './url-cors.ts'
import { type UrlCaller, type UrlRequest, urlEvent } from './url-event.ts'
import { badGateway, deniedReply, headOf, textReply, type UrlReply, urlReply } from './url-reply.ts'

export type { UrlRequest } from './url-event.ts'
export type { UrlReply } from './url-reply.ts'

/** Verifies who calls a URL of type AWS_IAM and whether they may; rejects with an AwsError. */
export type UrlAuthorizer = (call: {
  readonly functionArn: string
  readonly resourcePolicy: string | undefined
}) => Promise<UrlCaller>

/** Serves function URLs. */
export interface FunctionUrls {
  /** `cause`: the journal's record of the request. */
  handle(id: string, request: UrlRequest, authorize: UrlAuthorizer, cause?: string): Promise<UrlReply>
  /** Whose URL it is. */
  functionOf(id: string): Promise<string | undefined>
}

interface Parts {
  readonly store: Store
  readonly functions: Functions
  readonly host: Pick<FunctionHost, 'project'>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  /** `off` asks no policy, `warn` says what it would have answered. */
  readonly auth: 'on' | 'warn' | 'off'
}

interface Found {
  readonly holder: Reference
  readonly record: UrlRecord
  readonly policy: PolicyRecord | undefined
  /** The function is the project's. */
  readonly project: boolean
}

/** Documented at https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
const forbidden = (): UrlReply =>
  deniedReply(
    '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}',
  )

function refused(error: AwsError): UrlReply {
  if (error.code === 'TooManyRequestsException') return textReply(429, '{"Message":"Too Many Requests"}')
  if (error.code === 'RequestTooLargeException')
    return textReply(413, '{"Message":"Request Entity Too Large"}')
  return badGateway()
}

export function createFunctionUrls(parts: Parts): FunctionUrls {
  const { store, functions: runner, host, clock, ids, log, auth } = parts
  const warned = new Set<string>()
  const find = async (id: string): Promise<Found | undefined> =>
    await store.read(reader => {
      for (const [[account = '', region = '', name = '', qualifier = ''], record] of urls.under(reader)) {
        if (record.id !== id) continue
        const holder: Reference = {
          account: String(account),
          region: String(region),
          name: String(name),
          ...(qualifier !== '' && { qualifier: String(qualifier) }),
        }
        return { holder, record, policy: policyOf(reader, holder), project: host.project().has(holder.name) }
      }
      return undefined
    })

  /** Everybody comes in where the policy says so; the project's functions are let in by the project unless they have one. */
  const isPublic = ({ holder, record, policy, project }: Found): boolean => {
    if (auth === 'off') return true
    const missing = missingForPublicUrl(policy?.statements ?? [])
    if (missing.length === 0) return true
    const open = auth === 'warn' || (project && policy === undefined)
    if (!warned.has(record.id)) {
      warned.add(record.id)
      log.warn(
        { function: holder.name, missing },
        `The URL of ${holder.name} ${open ? 'is open here; on AWS it ' : ''}answers 403 until AddPermission lets everybody (*) do ${missing.join(' and ')}`,
      )
    }
    return open
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
    functionOf: async id => (await find(id))?.holder.name,
    async handle(id, request, authorize, cause) {
      const found = await find(id)
      // Recorded: LocalStack's test_lambda, test_lambda_url_non_existing_url.
      if (found === undefined) return deniedReply('{"Message":null}')
      const { holder, record, policy } = found
      const preflight = preflightReply(record.cors, request)
      if (preflight) return preflight
      let caller: UrlCaller | undefined
      if (record.authType === 'AWS_IAM') {
        try {
          caller = await authorize({
            functionArn: arnOf(holder),
            resourcePolicy: policy && policyText(policy),
          })
        } catch (error) {
          if (!(error instanceof AwsError)) throw error
          log.debug({ error, function: holder.name }, 'a call of a function URL was refused')
          return withCors(record.cors, request, forbidden())
        }
      } else if (!isPublic(found)) return withCors(record.cors, request, forbidden())
      const traceId = request.headers['x-amzn-trace-id'] ?? newTraceId(clock.now(), ids)
      const event = urlEvent(
        request,
        { id, account: holder.account, region: holder.region, now: clock.now(), traceId },
        caller,
      )
      const { qualifier: _qualifier, ...unqualified } = holder
      const invocation = {
        functionName: arnOf(unqualified),
        exact: true as const,
        ...(holder.qualifier !== undefined && { qualifier: holder.qualifier }),
        invocationType: 'RequestResponse' as const,
        payload: Buffer.from(JSON.stringify(event)),
        requestId: request.requestId,
        traceId,
        ...(cause !== undefined && { cause }),
      }
      if (record.invokeMode === 'RESPONSE_STREAM')
        return withCors(
          record.cors,
          request,
          await streamed(push => runner.invoke({ ...invocation, ...push })),
        )
      const reply = await runner.invoke(invocation).then(
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

/** `Root=1-{seconds in hex}-{24 digits}`, as AWS gives to requests that bring none. */
function newTraceId(now: number, ids: Ids): string {
  return `Root=1-${Math.floor(now / 1000).toString(16)}-${ids.token(24, '0123456789abcdef')}`
}

interface Streaming {
  readonly onStreamMetadata: (metadata: unknown) => void
  readonly onChunk: (chunk: Uint8Array) => void
}
