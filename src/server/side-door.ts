import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError, type WireReply } from '../aws/index.ts'
import type { Logger } from '../ports/index.ts'
import { writeReply } from './aws-reply.ts'
import { readBody } from './read-body.ts'
import { headersOf, sourceIpOf } from './request-facts.ts'

/** A request that is no operation of a service, as it arrived. */
export interface SideCall {
  readonly method: string
  readonly rawUrl: string
  readonly rawHeaders: readonly string[]
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** The `Host` header. */
  readonly host: string
  readonly body: Uint8Array
  readonly sourceIp: string
  readonly secure: boolean
}

/** Something else that answers on the AWS door: function URLs, packages of code. */
export interface SideDoor {
  owns(request: { readonly host: string; readonly rawUrl: string }): boolean
  handle(call: SideCall): Promise<WireReply>
}

/** Reads a request for a side door and writes what that answers. */
export async function answerAtSide(
  door: SideDoor,
  request: IncomingMessage,
  response: ServerResponse,
  maxBody: number,
  log: Logger,
): Promise<void> {
  const rawUrl = request.url ?? '/'
  const body = await readBody(request, maxBody)
  const method = request.method ?? 'GET'
  const headers = headersOf(request)
  const reply: WireReply =
    body === 'too-large'
      ? {
          status: 413,
          headers: [['content-type', 'application/json']],
          body: Buffer.from('{"Message":"Request Entity Too Large"}'),
        }
      : await door.handle({
          method,
          rawUrl,
          rawHeaders: request.rawHeaders,
          headers,
          host: headers['host'] ?? '',
          body,
          sourceIp: sourceIpOf(request.socket),
          secure: 'encrypted' in request.socket,
        })
  writeReply(response, reply, method, error => {
    if (!(error instanceof AwsError)) log.error({ err: error, url: rawUrl }, 'an answer broke off')
  })
}
