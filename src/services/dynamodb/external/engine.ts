import aws4 from 'aws4'
import { AwsError } from '../../../aws/index.ts'

/** A DynamoDB that is served elsewhere, and how calls to it are signed. */
export interface EngineOptions {
  /** Its URL, without a path. */
  readonly endpoint: string
  readonly region: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
}

/** Calls of such a DynamoDB and of its streams. */
export interface Engine {
  /** Answers the output as it came, or throws the error as it came; `input` is what stood on the wire. */
  call(
    target: 'DynamoDB' | 'DynamoDBStreams',
    operation: string,
    input: object,
  ): Promise<Record<string, unknown>>
}

const targets = { DynamoDB: 'DynamoDB_20120810', DynamoDBStreams: 'DynamoDBStreams_20120810' } as const

/** Signs calls anew and sends them there. */
export function createEngine({ endpoint, region, credentials }: EngineOptions): Engine {
  const url = new URL(endpoint)
  // AWS's own streams have a host of their own; every other engine serves both at one place.
  const streamsUrl = /^dynamodb\.[^.]+\.amazonaws\.com/.test(url.hostname)
    ? new URL(`${url.protocol}//streams.${url.host}`)
    : url
  return {
    async call(service, operation, input) {
      const { origin, host } = service === 'DynamoDB' ? url : streamsUrl
      const body = JSON.stringify(input)
      const signed = aws4.sign(
        {
          host,
          method: 'POST',
          path: '/',
          service: 'dynamodb',
          region,
          headers: {
            'Content-Type': 'application/x-amz-json-1.0',
            'X-Amz-Target': `${targets[service]}.${operation}`,
          },
          body,
        },
        credentials,
      )
      const { Host: _, 'Content-Length': __, ...headers } = signed.headers as Record<string, string>
      const answer = await fetch(origin, { method: 'POST', headers, body }).catch(cause => {
        throw new AwsError('InternalServerError', `The engine at ${origin} cannot be reached`, {
          statusCode: 500,
          cause,
        })
      })
      const output = parse(await answer.text())
      if (answer.ok) return output
      const { __type: type, message, Message, ...detail } = output
      throw new AwsError(
        String(type ?? 'InternalServerError').replace(/^.*#/, ''),
        String(message ?? Message ?? `The engine answered ${answer.status}`),
        { statusCode: answer.status, detail },
      )
    },
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  } catch {
    // Whatever it is (a proxy's page), its status says what to think of it.
    return { message: text.slice(0, 1000) }
  }
}
