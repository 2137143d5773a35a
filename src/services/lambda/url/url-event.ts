/** A request to a function URL as it arrived. */
export interface UrlRequest {
  readonly method: string
  /** Path and query, as sent; where the URL was named in the path, without that part. */
  readonly rawUrl: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly sourceIp: string
  readonly secure: boolean
  readonly requestId: string
}

/** Who signed, where the URL asks for it. */
export interface UrlCaller {
  readonly accessKeyId: string
  readonly account: string
  readonly arn: string
  readonly userId: string
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `12/Mar/2020:19:03:58 +0000` */
function requestTime(time: number): string {
  const date = new Date(time)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
}

function isText(contentType: string): boolean {
  return /^(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml)))/i.test(contentType)
}

function parametersOf(rawQuery: string): Record<string, string> | undefined {
  const found: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(rawQuery))
    found[name] = found[name] === undefined ? value : `${found[name]},${value}`
  return Object.keys(found).length > 0 ? found : undefined
}

/** AWS hands the path on decoded; one that cannot be stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch (error) {
    if (error instanceof URIError) return path
    throw error
  }
}

/** The event of payload format 2.0. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
export function urlEvent(
  request: UrlRequest,
  facts: {
    readonly id: string
    readonly region: string
    readonly account: string
    readonly now: number
    readonly traceId: string
  },
  caller: UrlCaller | undefined,
): object {
  const [path = '/', ...rest] = request.rawUrl.split('?')
  const rawQueryString = rest.join('?')
  // What counts for this connection only is not the function's, as recorded.
  const { cookie, connection: _connection, ...headers } = request.headers
  const parameters = parametersOf(rawQueryString)
  const text = isText(headers['content-type'] ?? '')
  const domainName = `${facts.id}.lambda-url.${facts.region}.on.aws`
  // Recorded: of several slashes in front one is left (LocalStack's test_lambda, test_lambda_url_echo_http_fixture_default).
  const rawPath = decoded(path.replace(/^\/+/, '/'))
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers: {
      ...headers,
      'x-amzn-trace-id': facts.traceId,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-port': request.secure ? '443' : '80',
      'x-forwarded-proto': request.secure ? 'https' : 'http',
    },
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId: caller?.account ?? 'anonymous',
      apiId: facts.id,
      ...(caller && {
        authorizer: {
          iam: {
            accessKey: caller.accessKeyId,
            accountId: caller.account,
            callerId: caller.userId,
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: caller.arn,
            userId: caller.userId,
          },
        },
      }),
      domainName,
      domainPrefix: facts.id,
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey: '$default',
      stage: '$default',
      time: requestTime(facts.now),
      timeEpoch: facts.now,
    },
    ...(request.body.length > 0 && { body: Buffer.from(request.body).toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !text,
  }
}
