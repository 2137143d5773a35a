import { createHash, createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import aws4 from 'aws4'
import { describe, expect, test } from 'vitest'
import type { AwsError, SignedRequest } from '../../../../src/aws/index.ts'
import { createAuthenticator } from '../../../../src/aws/sigv4/index.ts'
import { deriveSigningKey } from '../../../../src/aws/sigv4/signing-keys.ts'
import { directoryOf, signedRequest } from './signed-request.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const authenticator = createAuthenticator(
  directoryOf({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }),
)
const scope = { date: '20130524', region: 'us-east-1', service: 's3', terminal: 'aws4_request' }
const now = Date.parse('2013-05-24T00:00:00Z')
const hash = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

function s3Request(over: Partial<SignedRequest>): SignedRequest {
  return signedRequest({ signingName: 's3', service: 's3', protocol: 'restXml', now, method: 'PUT', ...over })
}

async function refused(request: SignedRequest): Promise<AwsError> {
  try {
    const { body } = await authenticator.authenticate(request)
    if (body instanceof Readable) await buffer(body)
  } catch (error) {
    return error as AwsError
  }
  throw new Error('let in')
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html: AWS's own examples. */
const documented = {
  chunks: {
    headers: [
      ['Host', 's3.amazonaws.com'],
      ['x-amz-date', '20130524T000000Z'],
      ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
      ['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'],
      ['Content-Encoding', 'aws-chunked'],
      ['x-amz-decoded-content-length', '66560'],
      ['Content-Length', '66824'],
    ],
    seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    signatures: [
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ],
    end: '\r\n',
  },
  trailer: {
    headers: [
      ['Host', 's3.amazonaws.com'],
      ['x-amz-date', '20130524T000000Z'],
      ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
      ['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'],
      ['Content-Encoding', 'aws-chunked'],
      ['x-amz-decoded-content-length', '66560'],
      ['x-amz-trailer', 'x-amz-checksum-crc32c'],
    ],
    seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
    signatures: [
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ],
    end: 'x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
  },
} as const

type Example = (typeof documented)['chunks'] | (typeof documented)['trailer']

function documentedRequest(example: Example, change: (framed: Buffer) => Buffer = same => same, at = 8192) {
  const signedHeaders = example.headers
    .map(([name]) => name.toLowerCase())
    .sort()
    .join(';')
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${example.seed}`
  const sizes = [65_536, 1024, 0]
  const framed = change(
    Buffer.concat([
      ...sizes.map((size, index) =>
        Buffer.from(
          `${size.toString(16)};chunk-signature=${example.signatures[index]}\r\n${'a'.repeat(size)}${size === 0 ? '' : '\r\n'}`,
        ),
      ),
      Buffer.from(example.end),
    ]),
  )
  const pieces: Buffer[] = []
  for (let from = 0; from < framed.length; from += at) pieces.push(framed.subarray(from, from + at))
  return s3Request({
    rawUrl: '/examplebucket/chunkObject.txt',
    rawHeaders: [...example.headers.flat(), 'Authorization', authorization],
    body: Readable.from(pieces),
  })
}

describe.each(Object.entries(documented))("AWS's documented example, %s", (name, example) => {
  // With 17 bytes at a time, lines and chunks are cut at every place that there is.
  test.each([17, 8192, 1_000_000])('%i bytes at a time', async at => {
    const { body, trailers } = await authenticator.authenticate(documentedRequest(example, same => same, at))
    expect((await buffer(body as Readable)).toString()).toBe('a'.repeat(66_560))
    expect({ ...trailers }).toEqual(name === 'trailer' ? { 'x-amz-checksum-crc32c': 'sOO8/Q==' } : {})
  })

  test.each<[string, (framed: Buffer) => Buffer, string]>([
    ['a byte of the first chunk', framed => flip(framed, 500), 'SignatureDoesNotMatch'],
    ['a byte of the second chunk', framed => flip(framed, 65_536 + 300), 'SignatureDoesNotMatch'],
    ['a digit of a signature', framed => flip(framed, 30), 'SignatureDoesNotMatch'],
    ['cut inside a chunk', framed => framed.subarray(0, 30_000), 'IncompleteBody'],
    ['cut between chunks', framed => framed.subarray(0, 65_536 + 88), 'IncompleteBody'],
    ['without the last chunk', framed => framed.subarray(0, framed.lastIndexOf('0;chunk')), 'IncompleteBody'],
    ['more after the end', framed => Buffer.concat([framed, Buffer.from('x')]), 'InvalidRequest'],
    ['no framing at all', () => Buffer.from('just bytes\r\n'), 'InvalidRequest'],
  ])('%s', async (_change, change, code) => {
    expect((await refused(documentedRequest(example, change))).code).toBe(code)
  })
})

test('a changed trailer is refused', async () => {
  const change = (framed: Buffer) => Buffer.from(framed.toString().replace('sOO8/Q==', 'sOO8/A=='))
  expect((await refused(documentedRequest(documented.trailer, change))).code).toBe('SignatureDoesNotMatch')
})

function flip(framed: Buffer, at: number): Buffer {
  const copy = Buffer.from(framed)
  copy[at] = copy[at] === 0x61 ? 0x62 : 0x61
  return copy
}

/** Signs by hand, so that a test can declare what it likes. */
function put(
  declared: string,
  body: SignedRequest['body'],
  extra: Readonly<Record<string, string>> = {},
): SignedRequest {
  const headers: Record<string, string> = {
    host: 'localhost:4566',
    'x-amz-content-sha256': declared,
    'x-amz-date': '20130524T000000Z',
    ...extra,
  }
  const names = Object.keys(headers).sort()
  const canonical = `PUT\n/b/k\n\n${names.map(name => `${name}:${headers[name]}\n`).join('')}\n${names.join(';')}\n${declared}`
  const toSign = `AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n${hash(canonical)}`
  const signature = createHmac('sha256', deriveSigningKey(secret, scope)).update(toSign).digest('hex')
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return s3Request({ rawUrl: '/b/k', rawHeaders: Object.entries(headers).flat(), body })
}

describe('payloads', () => {
  const trailed = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
  const framed = '5\r\nhello\r\n1;chunk-extension=x\r\n!\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n'
  const announced = { 'x-amz-decoded-content-length': '6', 'x-amz-trailer': 'x-amz-checksum-crc32' }
  const plain = framed.replace(';chunk-extension=x', '')

  test('a hash is compared, of bytes at once, of a stream at its end', async () => {
    const declared = hash('hello')
    const stream = await authenticator.authenticate(
      put(declared, Readable.from([Buffer.from('hel'), Buffer.from('lo')])),
    )
    expect((await buffer(stream.body as Readable)).toString()).toBe('hello')
    expect((await authenticator.authenticate(put(declared, Buffer.from('hello')))).body.toString()).toBe(
      'hello',
    )
    for (const body of [Buffer.from('jello'), Readable.from([Buffer.from('jello')])]) {
      expect(await refused(put(declared, body))).toMatchObject({
        code: 'XAmzContentSHA256Mismatch',
        statusCode: 400,
        detail: { ClientComputedContentSHA256: declared, S3ComputedContentSHA256: hash('jello') },
      })
    }
  })

  test('unsigned chunks with a trailer, as SDK v3 streams', async () => {
    const answer = await authenticator.authenticate(
      put(trailed, Readable.from([Buffer.from(plain)]), announced),
    )
    expect((await buffer(answer.body as Readable)).toString()).toBe('hello!')
    expect({ ...answer.trailers }).toEqual({ 'x-amz-checksum-crc32': 'AAAA' })
    const whole = await authenticator.authenticate(put(trailed, Buffer.from(plain), announced))
    expect([whole.body.toString(), { ...whole.trailers }]).toEqual([
      'hello!',
      { 'x-amz-checksum-crc32': 'AAAA' },
    ])
  })

  test.each([
    ['an unknown chunk extension', framed, announced, 'InvalidRequest'],
    [
      'the announced trailer is missing',
      plain.replace('x-amz-checksum-crc32:AAAA\r\n', ''),
      announced,
      'IncompleteBody',
    ],
    ['a trailer that is no header', plain.replace(':AAAA', ''), announced, 'MalformedTrailerError'],
    [
      'more bytes than announced',
      plain,
      { ...announced, 'x-amz-decoded-content-length': '5' },
      'IncompleteBody',
    ],
    [
      'fewer bytes than announced',
      plain,
      { ...announced, 'x-amz-decoded-content-length': '7' },
      'IncompleteBody',
    ],
    ['no decoded length', plain, { 'x-amz-trailer': 'x-amz-checksum-crc32' }, 'MissingContentLength'],
  ])('%s', async (_name, text, headers, code) => {
    expect((await refused(put(trailed, Readable.from([Buffer.from(text)]), headers))).code).toBe(code)
    expect((await refused(put(trailed, Buffer.from(text), headers))).code).toBe(code)
  })

  test('what is declared has to be one of S3 own words', async () => {
    expect(await refused(put('nonsense', Buffer.from('x')))).toMatchObject({
      code: 'InvalidArgument',
      detail: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: 'nonsense' },
    })
    await authenticator.authenticate(put('UNSIGNED-PAYLOAD', Buffer.from('anything')))
  })

  test('a source that breaks off ends the decoded body with its error', async () => {
    const source = Readable.from(
      (async function* () {
        yield Buffer.from('5\r\nhe')
        throw new Error('the socket closed')
      })(),
    )
    const { body } = await authenticator.authenticate(put(trailed, source, announced))
    await expect(buffer(body as Readable)).rejects.toThrow('the socket closed')
  })
})

describe("S3's answers", () => {
  const signed = put('UNSIGNED-PAYLOAD', Buffer.from(''))
  const without = (name: string, more: readonly string[] = []) => {
    const at = signed.rawHeaders.indexOf(name)
    return {
      ...signed,
      rawHeaders: [...signed.rawHeaders.slice(0, at), ...signed.rawHeaders.slice(at + 2), ...more],
    }
  }

  test('a wrong signature shows everything that was computed', async () => {
    const error = await refused({ ...signed, rawUrl: '/b/other%20key' })
    const canonical = `PUT\n/b/other%20key\n\nhost:localhost:4566\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:20130524T000000Z\n\nhost;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD`
    const toSign = `AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n${hash(canonical)}`
    const hex = (text: string) => (Buffer.from(text).toString('hex').match(/../g) ?? []).join(' ')
    expect(error).toMatchObject({
      code: 'SignatureDoesNotMatch',
      statusCode: 403,
      message:
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      detail: {
        AWSAccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        StringToSign: toSign,
        SignatureProvided: expect.stringMatching(/^[0-9a-f]{64}$/),
        StringToSignBytes: hex(toSign),
        CanonicalRequest: canonical,
        CanonicalRequestBytes: hex(canonical),
      },
    })
  })

  test.each<[string, SignedRequest, object]>([
    [
      'unknown key',
      {
        ...signed,
        rawHeaders: signed.rawHeaders.map(value => value.replace('AKIAIOSFODNN7EXAMPLE', 'AKIANOBODY')),
      },
      {
        code: 'InvalidAccessKeyId',
        statusCode: 403,
        message: 'The AWS Access Key Id you provided does not exist in our records.',
        detail: { AWSAccessKeyId: 'AKIANOBODY' },
      },
    ],
    [
      'another scheme',
      without('authorization', ['Authorization', 'Bearer abc']),
      {
        code: 'InvalidArgument',
        statusCode: 400,
        message: 'Unsupported Authorization Type',
        detail: { ArgumentName: 'Authorization', ArgumentValue: 'Bearer abc' },
      },
    ],
    [
      'no hash',
      without('x-amz-content-sha256'),
      { code: 'InvalidRequest', message: 'Missing required header for this request: x-amz-content-sha256' },
    ],
    [
      'no date',
      without('x-amz-date'),
      { code: 'AccessDenied', message: 'AWS authentication requires a valid Date or x-amz-date header' },
    ],
    [
      'clock',
      { ...signed, now: now + 901_000 },
      {
        code: 'RequestTimeTooSkewed',
        statusCode: 403,
        message: 'The difference between the request time and the current time is too large.',
        detail: {
          RequestTime: '2013-05-24T00:00:00Z',
          ServerTime: '2013-05-24T00:15:01Z',
          MaxAllowedSkewMilliseconds: '900000',
        },
      },
    ],
    [
      'a header added after signing',
      { ...signed, rawHeaders: [...signed.rawHeaders, 'x-amz-acl', 'public-read'] },
      {
        code: 'AccessDenied',
        message: 'There were headers present in the request which were not signed',
        detail: { HeadersNotSigned: 'x-amz-acl' },
      },
    ],
    [
      'another service',
      { ...signed, rawHeaders: signed.rawHeaders.map(value => value.replace('/s3/', '/sts/')) },
      {
        code: 'AuthorizationHeaderMalformed',
        statusCode: 400,
        message:
          'The authorization header is malformed; incorrect service "sts". This endpoint belongs to "s3".',
      },
    ],
    [
      'aws-global',
      { ...signed, rawHeaders: signed.rawHeaders.map(value => value.replace('us-east-1', 'aws-global')) },
      {
        code: 'AuthorizationHeaderMalformed',
        message:
          "The authorization header is malformed; the region 'aws-global' is wrong; expecting 'us-east-1'",
        detail: { Region: 'us-east-1' },
      },
    ],
    [
      'two parts of three',
      without('authorization', ['Authorization', 'AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request']),
      {
        code: 'AuthorizationHeaderMalformed',
        message:
          'The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.',
      },
    ],
  ])('%s', async (_name, request, expected) => {
    expect(await refused(request)).toMatchObject(expected)
  })

  test('nobody is anonymous', async () => {
    const { principal } = await authenticator.authenticate(s3Request({ method: 'GET', rawUrl: '/b/k' }))
    expect(principal).toMatchObject({ kind: 'anonymous', arn: '*' })
  })
})

describe('presigned URLs', () => {
  const presign = (expires: string) => {
    const { path = '' } = aws4.sign(
      {
        service: 's3',
        region: 'us-east-1',
        method: 'GET',
        host: 'localhost:4566',
        path: `/b/k?X-Amz-Date=20130524T000000Z&X-Amz-Expires=${expires}`,
        signQuery: true,
      },
      { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret },
    )
    return s3Request({ method: 'GET', rawUrl: path, rawHeaders: ['Host', 'localhost:4566'] })
  }

  test('live as long as they say', async () => {
    const url = presign('3600')
    await authenticator.authenticate({ ...url, now: now + 3_600_000 })
    expect(await refused({ ...url, now: now + 3_601_000 })).toMatchObject({
      code: 'AccessDenied',
      statusCode: 403,
      message: 'Request has expired',
      detail: {
        'X-Amz-Expires': '3600',
        Expires: '2013-05-24T01:00:00Z',
        ServerTime: '2013-05-24T01:00:01Z',
      },
    })
    await authenticator.authenticate({ ...presign('604800'), now: now + 604_000_000 })
  })

  test.each([
    [
      '604801',
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    ],
    ['-1', 'X-Amz-Expires must be non-negative'],
    ['soon', 'X-Amz-Expires should be a number'],
  ])('X-Amz-Expires=%s', async (expires, message) => {
    expect(await refused(presign(expires))).toMatchObject({
      code: 'AuthorizationQueryParametersError',
      statusCode: 400,
      message,
    })
  })

  test('what is missing or malformed', async () => {
    const url = presign('60')
    const change = (pattern: RegExp, text: string) => ({ ...url, rawUrl: url.rawUrl.replace(pattern, text) })
    expect((await refused(change(/X-Amz-Signature=[^&]*/, ''))).message).toBe(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    )
    expect((await refused(change(/X-Amz-Credential=[^&]*/, 'X-Amz-Credential=a%252Fb'))).message).toBe(
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    )
    expect((await refused(change(/X-Amz-Algorithm=[^&]*/, 'X-Amz-Algorithm=AWS4-SHA1'))).message).toBe(
      'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
    )
  })
})

describe('SigV2', () => {
  const sign = (text: string) => createHmac('sha1', secret).update(text).digest('base64')
  const query = (signature: string, expires = '1369354000') =>
    s3Request({
      method: 'GET',
      rawUrl: `/b/k?versionId=7&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=${expires}&Signature=${encodeURIComponent(signature)}`,
      rawHeaders: ['Host', 'localhost:4566'],
    })

  test('a presigned URL as SDK v2 makes it', async () => {
    const signature = sign('GET\n\n\n1369354000\n/b/k?versionId=7')
    const { principal } = await authenticator.authenticate(query(signature))
    expect(principal.sessionContext).toEqual({
      's3:signatureversion': 'AWS',
      's3:authType': 'REST-QUERY-STRING',
    })
    expect(await refused({ ...query(signature), now: now + 10_000_000 })).toMatchObject({
      code: 'AccessDenied',
      message: 'Request has expired',
      detail: { Expires: '2013-05-24T00:06:40Z', ServerTime: '2013-05-24T02:46:40Z' },
    })
  })

  test('the bucket may stand in the host', async () => {
    for (const host of ['b.s3.localhost:4566', 'b.localhost:4566', 'b.s3.us-east-1.amazonaws.com']) {
      const signature = sign('GET\n\n\n1369354000\n/b/k?versionId=7')
      const url = query(signature)
      const hosted = { ...url, rawUrl: url.rawUrl.replace('/b/k', '/k'), rawHeaders: ['Host', host] }
      expect((await authenticator.authenticate(hosted)).principal.kind).toBe('root')
    }
  })

  test('a wrong one shows the string to sign', async () => {
    expect(await refused(query('AAAA'))).toMatchObject({
      code: 'SignatureDoesNotMatch',
      detail: {
        AWSAccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        SignatureProvided: 'AAAA',
        StringToSign: 'GET\n\n\n1369354000\n/b/k?versionId=7',
      },
    })
    const { rawUrl } = query('AAAA')
    expect((await refused(s3Request({ rawUrl: rawUrl.replace(/&Signature=.*/, '') }))).message).toBe(
      'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
    )
  })
})
