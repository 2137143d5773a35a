import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import aws4 from 'aws4'
import { expect, test } from 'vitest'
import { AwsError, type SignedRequest } from '../../../../src/aws/index.ts'
import { createAuthenticator } from '../../../../src/aws/sigv4/index.ts'
import { directoryOf, signedRequest } from './signed-request.ts'

const now = Date.parse('2026-03-04T05:06:07Z')
const authenticator = createAuthenticator(directoryOf({ accessKeyId: 'AKIA', secretAccessKey: 'secret' }))

/** The same numbers every time, so that a failure can be seen again. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

function mutate(text: string, next: (below: number) => number): string {
  let result = text
  for (let times = next(4) + 1; times > 0; times--) {
    const at = next(result.length + 1)
    const junk = [
      '',
      '%',
      '%zz',
      '\u00ff',
      '=',
      '&',
      ',',
      ' ',
      '/',
      ';',
      '\u0000',
      'é',
      '__proto__',
      '9'.repeat(next(400)),
    ]
    result = result.slice(0, at) + (junk[next(junk.length)] ?? '') + result.slice(at + next(6))
  }
  return result
}

async function outcome(request: SignedRequest): Promise<'passed' | AwsError> {
  try {
    const { body } = await authenticator.authenticate(request)
    if (body instanceof Readable) await buffer(body)
    return 'passed'
  } catch (error) {
    if (error instanceof AwsError) return error
    throw error
  }
}

test.each(['s3', 'dynamodb', 'sts', 'execute-api'])(
  'mutilated requests to %s are refused in words of AWS',
  async service => {
    const next = numbers(service.length * 7919)
    let passed = 0
    for (let round = 0; round < 1500; round++) {
      const presigned = round % 3 === 0
      const signed = aws4.sign(
        {
          service,
          region: 'us-east-1',
          method: 'POST',
          path: `/a/b%20c?x=1&y=%2B${presigned ? '&X-Amz-Date=20260304T050607Z' : ''}`,
          host: 'localhost:4566',
          body: presigned ? '' : '{}',
          headers: presigned ? {} : { 'X-Amz-Date': '20260304T050607Z' },
          signQuery: presigned,
        },
        { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
      )
      const rawHeaders = Object.entries(signed.headers ?? {}).flatMap(([name, value]) => [
        name,
        String(value),
      ])
      const at = next(rawHeaders.length + 1)
      const request = signedRequest({
        method: 'POST',
        rawUrl:
          at === rawHeaders.length || presigned ? mutate(signed.path ?? '/', next) : (signed.path ?? '/'),
        rawHeaders: rawHeaders.map((value, index) => (index === at ? mutate(value, next) : value)),
        body: Buffer.from(presigned ? '' : '{}'),
        signingName: service,
        service,
        protocol: service === 'sts' ? 'awsQuery' : service === 's3' ? 'restXml' : 'awsJson1_0',
        now,
      })
      const answer = await outcome(request)
      if (answer === 'passed') passed++
      else expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    }
    // A few mutations change nothing that is signed: unsigned headers, blanks that are folded.
    expect(passed).toBeLessThan(750)
  },
)

test('mutilated aws-chunked bodies end in an error or in what was framed', async () => {
  const next = numbers(42)
  const framed = '5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n'
  for (let round = 0; round < 1500; round++) {
    const request = signedRequest({
      method: 'PUT',
      rawUrl: '/b/k',
      rawHeaders: [
        'x-amz-content-sha256',
        'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length',
        '11',
        'x-amz-trailer',
        'x-amz-checksum-crc32',
      ],
      body: Readable.from([Buffer.from(mutate(framed, next), 'latin1')]),
      signingName: 's3',
      service: 's3',
      protocol: 'restXml',
      now,
    })
    const answer = await outcome(request)
    if (answer !== 'passed') expect(answer.statusCode).toBeLessThan(500)
  }
})
