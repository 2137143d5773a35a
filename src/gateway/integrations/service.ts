import aws4 from 'aws4'
import type { IntegrationAnswer, Mapped } from '../call.ts'
import { withinTimeout } from '../deadline.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'
import { type BackendAnswer, callBackend, decoded, unreachable } from './http-client.ts'
import { callersOwn } from './pass-through.ts'
import { actionRequest, pathRequest } from './service-request.ts'

/** What signs a call in the integration's name. */
export interface ServiceCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Names in ARNs of integrations that differ from the name in the signature. */
const signingNames: Readonly<Record<string, string>> = { email: 'ses' }

/**
 * Calls another AWS service at the AWS door, signed:
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 */
export async function answerService(parts: GatewayParts, call: Mapped): Promise<IntegrationAnswer> {
  const { target, timeoutInMillis, credentials } = call.plan.method.integration
  if (target.kind !== 'service') throw new TypeError('no service integration')
  if (parts.awsEndpoint === undefined || parts.credentials === undefined)
    throw new GatewayError('API_CONFIGURATION_ERROR', {
      status: 501,
      message: `Lambdarium serves no ${target.service} to this gateway`,
      explanation: `the integration calls ${target.service} and this gateway was made without an AWS door`,
    })
  const endpoint = new URL(parts.awsEndpoint())
  const request = target.via === 'path' ? pathRequest(call, target) : actionRequest(call, target)
  const signed = aws4.sign(
    {
      host: endpoint.host,
      method: request.method,
      path: request.path,
      headers: Object.fromEntries(request.headers),
      // aws4 hashes bytes as they are; only its types know texts alone.
      body: request.body as string,
      service: signingNames[target.service] ?? target.service,
      region: target.region,
    },
    await parts.credentials(credentials === callersOwn ? call.caller.principal : credentials),
  )
  const headers = Object.entries(signed.headers ?? {}).map(([name, value]) => [name, String(value)] as const)
  const url = new URL(request.path, endpoint)
  call.entry.stage('endpoint request', { method: request.method, url: url.href, service: target.service })
  try {
    const answer = await withinTimeout(parts, timeoutInMillis, signal =>
      callBackend({
        method: request.method,
        url,
        path: request.path,
        headers: headers.filter(([name]) => name.toLowerCase() !== 'content-length'),
        body: request.body,
        signal: signal(),
      }),
    )
    if (answer.status === 501)
      parts.log.warn({ service: target.service }, 'the service does not know the operation')
    const plain = decoded(answer)
    return {
      ...(request.wrap === undefined ? plain : wrapped(plain, request.wrap, call)),
      selection: String(answer.status),
    }
  } catch (cause) {
    throw unreachable(url.href, cause)
  }
}

/** A JSON answer in the form in which services with a query protocol give theirs. */
function wrapped(answer: BackendAnswer, action: string, call: Mapped): BackendAnswer {
  if (answer.status >= 300) return answer
  const result: unknown = JSON.parse(answer.body.toString('utf8') || '{}')
  const response = { [`${action}Result`]: result, ResponseMetadata: { RequestId: call.requestId } }
  return { ...answer, body: Buffer.from(JSON.stringify({ [`${action}Response`]: response })) }
}
