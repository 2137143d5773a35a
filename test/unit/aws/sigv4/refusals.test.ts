import { createHash } from 'node:crypto'
import aws4 from 'aws4'
import { describe, expect, test } from 'vitest'
import type { AwsError, SignedRequest } from '../../../../src/aws/index.ts'
import { createAuthenticator } from '../../../../src/aws/sigv4/index.ts'
import { directoryOf, root, signedRequest } from './signed-request.ts'

const now = Date.parse('2026-03-04T05:06:07Z')
const stamp = '20260304T050607Z'
const authenticator = createAuthenticator(
  directoryOf(
    { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
    { accessKeyId: 'AKIAOFF', secretAccessKey: 'secret', status: 'Inactive' },
    {
      accessKeyId: 'ASIA',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: now - 1,
      principal: root,
    },
  ),
)

interface Signing {
  readonly service?: string
  readonly protocol?: SignedRequest['protocol']
  readonly method?: string
  readonly path?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly secret?: string
  readonly key?: string
  readonly token?: string
  readonly signQuery?: boolean
  readonly date?: string
  readonly host?: string
}

/** A request as aws4 signs it, and the door's facts about it. */
function request(signing: Signing = {}): SignedRequest {
  const { service = 'dynamodb', protocol = 'awsJson1_0', date = stamp, host = 'localhost:4566' } = signing
  const options = {
    service,
    region: 'us-east-1',
    method: signing.method ?? 'POST',
    path: signing.path ?? '/',
    host,
    headers: signing.signQuery ? { ...signing.headers } : { 'X-Amz-Date': date, ...signing.headers },
    ...(signing.body === undefined ? {} : { body: signing.body }),
    ...(signing.signQuery ? { signQuery: true } : {}),
  }
  if (signing.signQuery) options.path += `${options.path.includes('?') ? '&' : '?'}X-Amz-Date=${date}`
  const signed = aws4.sign(options, {
    accessKeyId: signing.key ?? 'AKIA',
    secretAccessKey: signing.secret ?? 'secret',
    ...(signing.token === undefined ? {} : { sessionToken: signing.token }),
  })
  return signedRequest({
    method: options.method,
    rawUrl: signed.path ?? options.path,
    rawHeaders: Object.entries(signed.headers ?? {}).flatMap(([name, value]) => [name, String(value)]),
    body: Buffer.from(signing.body ?? ''),
    signingName: service,
    service,
    protocol,
    now,
  })
}

const header = (from: SignedRequest, name: string, value: string | undefined): SignedRequest => {
  const rawHeaders: string[] = []
  for (let at = 0; at < from.rawHeaders.length; at += 2)
    if (from.rawHeaders[at]?.toLowerCase() !== name.toLowerCase())
      rawHeaders.push(from.rawHeaders[at] ?? '', from.rawHeaders[at + 1] ?? '')
  return { ...from, rawHeaders: value === undefined ? rawHeaders : [...rawHeaders, name, value] }
}

async function refused(sent: SignedRequest): Promise<AwsError> {
  try {
    await authenticator.authenticate(sent)
  } catch (error) {
    return error as AwsError
  }
  throw new Error(`${sent.rawUrl} was let in`)
}

async function outcome(sent: SignedRequest): Promise<readonly [string, number | undefined, string]> {
  const { code, statusCode, message } = await refused(sent)
  return [code, statusCode, message]
}

const hashed = (text: string) => createHash('sha256').update(text).digest('base64')
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

describe('tampering', () => {
  const signing = {
    body: '{"TableName":"rides"}',
    path: '/a/b?x=1&y=2',
    headers: { 'X-Amz-Target': 'T.Op', 'Content-Type': 'application/json' },
  }

  test.each<[string, (from: SignedRequest) => SignedRequest]>([
    ['method', from => ({ ...from, method: 'PUT' })],
    ['path', from => ({ ...from, rawUrl: '/a/c?x=1&y=2' })],
    ['query value', from => ({ ...from, rawUrl: '/a/b?x=2&y=2' })],
    ['query added', from => ({ ...from, rawUrl: `${from.rawUrl}&z=3` })],
    ['query removed', from => ({ ...from, rawUrl: '/a/b?x=1' })],
    ['signed header', from => header(from, 'X-Amz-Target', 'T.Other')],
    ['signed header removed', from => header(from, 'X-Amz-Target', undefined)],
    ['host', from => header(from, 'Host', 'localhost:4567')],
    ['date within the skew', from => header(from, 'X-Amz-Date', '20260304T050608Z')],
    ['body', from => ({ ...from, body: Buffer.from('{"TableName":"other"}') })],
    ['body removed', from => ({ ...from, body: new Uint8Array() })],
    [
      'signature',
      from => {
        const at = from.rawHeaders.indexOf('Authorization') + 1
        const value = from.rawHeaders[at] ?? ''
        return header(from, 'Authorization', value.slice(0, -1) + (value.endsWith('0') ? '1' : '0'))
      },
    ],
  ])('%s', async (_part, change) => {
    expect((await authenticator.authenticate(request(signing))).principal).toEqual(root)
    expect((await outcome(change(request(signing))))[0]).toBe('InvalidSignatureException')
  })

  test('a repeated signed header is not the first one alone', async () => {
    const sent = request(signing)
    const doubled = { ...sent, rawHeaders: [...sent.rawHeaders, 'x-amz-target', 'T.Second'] }
    expect((await outcome(doubled))[0]).toBe('InvalidSignatureException')
  })
})

describe.each([
  ['awsQuery', 'sts', 403, 400, 'plain'],
  ['awsJson1_0', 'dynamodb', 400, 400, 'exception'],
  ['restJson1', 'lambda', 403, 403, 'exception'],
] as const)('%s', (protocol, service, status, incompleteStatus, codes) => {
  const code = (plain: string, exception: string) => (codes === 'plain' ? plain : exception)
  const signed = (more: Signing = {}) => request({ protocol, service, ...more })
  const incomplete = code('IncompleteSignature', 'IncompleteSignatureException')
  const invalid = code('SignatureDoesNotMatch', 'InvalidSignatureException')

  test('no signature', async () => {
    const message =
      protocol === 'restJson1' ? 'Missing Authentication Token' : 'Request is missing Authentication Token'
    expect(await outcome(header(signed(), 'Authorization', undefined))).toEqual([
      code('MissingAuthenticationToken', 'MissingAuthenticationTokenException'),
      status,
      message,
    ])
  })

  test('incomplete headers', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20260304/us-east-1/x/aws4_request'
    expect(await outcome(header(signed(), 'Authorization', authorization))).toEqual([
      incomplete,
      incompleteStatus,
      `Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. (Hashed with SHA-256 and encoded with Base64) Authorization=${hashed(authorization)}`,
    ])
    const dateless = header(header(signed(), 'X-Amz-Date', undefined), 'Date', undefined)
    expect((await outcome(dateless))[2]).toMatch(
      /^Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\. /,
    )
    const broken = 'AWS4-HMAC-SHA256 Credential'
    expect((await outcome(header(signed(), 'Authorization', broken)))[2]).toBe(
      `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed(broken)}'.`,
    )
    expect((await outcome(header(signed(), 'X-Amz-Date', '2026-03-04')))[2]).toBe(
      "Date must be in ISO-8601 'basic format'. Got '2026-03-04'. See http://en.wikipedia.org/wiki/ISO_8601",
    )
  })

  test('scope', async () => {
    const sent = signed()
    const authorization = sent.rawHeaders[sent.rawHeaders.indexOf('Authorization') + 1] ?? ''
    const scoped = (scope: string) =>
      outcome(
        header(sent, 'Authorization', authorization.replace(/Credential=[^,]*/, `Credential=AKIA/${scope}`)),
      )
    expect(await scoped(`20260303/us-east-1/${service}/aws4_request`)).toEqual([
      invalid,
      status,
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260303' != '20260304', from '${stamp}'. `,
    ])
    expect((await scoped('20260304/us-east-1/s3/aws5_request'))[2]).toBe(
      `Credential should be scoped to correct service: '${service}'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. `,
    )
    expect((await scoped('20260304/us-east-1'))[0]).toBe(incomplete)
  })

  test('clock', async () => {
    const minutes = service === 'lambda' ? 5 : 15
    const before = new Date(now - minutes * 60_000)
    const date = (time: number) => `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
    const late = date(before.getTime() - 1000)
    expect(await outcome(signed({ date: late }))).toEqual([
      invalid,
      status,
      `Signature expired: ${late} is now earlier than ${date(before.getTime())} (${stamp} - ${minutes} min.)`,
    ])
    const early = date(now + minutes * 60_000 + 1000)
    expect((await outcome(signed({ date: early })))[2]).toBe(
      `Signature not yet current: ${early} is still later than ${date(now + minutes * 60_000)} (${stamp} + ${minutes} min.)`,
    )
    expect((await authenticator.authenticate(signed({ date: date(before.getTime()) }))).principal).toEqual(
      root,
    )
  })

  test('keys and tokens', async () => {
    const unknown = code('InvalidClientTokenId', 'UnrecognizedClientException')
    const message = 'The security token included in the request is invalid.'
    expect(await outcome(signed({ key: 'AKIANOBODY' }))).toEqual([unknown, status, message])
    expect((await outcome(signed({ key: 'AKIAOFF' })))[0]).toBe(unknown)
    expect((await outcome(signed({ key: 'ASIA' })))[0]).toBe(unknown)
    expect((await outcome(signed({ key: 'ASIA', token: 'other' })))[0]).toBe(unknown)
    expect((await outcome(signed({ token: 'not-asked-for' })))[0]).toBe(unknown)
    expect(await outcome(signed({ key: 'ASIA', token: 'token' }))).toEqual([
      code('ExpiredToken', 'ExpiredTokenException'),
      status,
      'The security token included in the request is expired',
    ])
  })

  test('signature', async () => {
    const { cause, message, code: refusal } = await refused(signed({ secret: 'wrong' }))
    const evidence = cause as { canonicalRequest: string; stringToSign: string }
    expect([refusal, message]).toEqual([
      invalid,
      codes === 'plain'
        ? mismatch
        : `${mismatch}\n\nThe Canonical String for this request should have been\n'${evidence.canonicalRequest}'\n\nThe String-to-Sign should have been\n'${evidence.stringToSign}'\n`,
    ])
    expect(evidence.canonicalRequest).toMatch(/^POST\n\/\n\n(?:.*\n)*host:localhost:4566\n/)
  })
})

describe('presigned', () => {
  test('elsewhere it expires with RequestExpired, at seven days it is not taken', async () => {
    const sent = request({
      service: 'sts',
      protocol: 'awsQuery',
      method: 'GET',
      signQuery: true,
      path: '/?X-Amz-Expires=60',
    })
    expect((await authenticator.authenticate(sent)).principal).toEqual(root)
    expect(await outcome({ ...sent, now: now + 61_000 })).toEqual([
      'RequestExpired',
      400,
      'Request has expired.',
    ])
  })

  test('both mechanisms at once', async () => {
    const sent = request({ service: 'sts', protocol: 'awsQuery', method: 'GET', signQuery: true })
    expect((await outcome(header(sent, 'Authorization', 'AWS4-HMAC-SHA256 x')))[2]).toBe(
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    )
  })
})

describe('the likeliest cause', () => {
  const cause = async (sent: SignedRequest) =>
    ((await refused(sent)).cause as { likeliestCause: string }).likeliestCause

  test.each<[string, Signing, (from: SignedRequest) => SignedRequest, string]>([
    [
      'port',
      { host: 'localhost' },
      from => header(from, 'Host', 'localhost:4566'),
      'Host header lost its port: "localhost" was signed, "localhost:4566" was sent.',
    ],
    [
      'AWS host',
      { host: 'dynamodb.us-east-1.amazonaws.com' },
      from => header(from, 'Host', 'localhost:4566'),
      'The Host header changed: "dynamodb.us-east-1.amazonaws.com" was signed, "localhost:4566" was sent.',
    ],
    ['method', { method: 'POST' }, from => ({ ...from, method: 'PUT' }), 'The request was signed as POST.'],
    [
      'content type',
      { headers: { 'Content-Type': 'application/json' } },
      from => header(from, 'Content-Type', 'application/json; charset=utf-8'),
      'The Content-Type header got a charset or boundary after it was signed.',
    ],
    [
      'newline',
      { body: '{}' },
      from => ({ ...from, body: Buffer.from('{}\n') }),
      'The body got a newline at its end after it was signed.',
    ],
    [
      'body',
      {},
      from => ({ ...from, body: Buffer.from('{}') }),
      'The body was left out of what was signed, or was added afterwards.',
    ],
    [
      'query',
      {},
      from => ({ ...from, rawUrl: '/?debug=1' }),
      'The query string was left out of what was signed.',
    ],
    [
      'secret',
      { secret: 'wrong' },
      from => from,
      'No known mistake gives this signature: most likely the secret access key is another one, or a proxy changed what was signed.',
    ],
  ])('%s', async (_name, signing, change, expected) => {
    expect(await cause(change(request(signing)))).toBe(expected)
  })
})
