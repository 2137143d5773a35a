import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../../../src/aws/sigv4/authenticate.ts'
import { emptyHash, sha256Hex } from '../../../../src/aws/sigv4/canonical-request.ts'
import { headerClaims } from '../../../../src/aws/sigv4/header-claims.ts'
import { queryClaims } from '../../../../src/aws/sigv4/query-claims.ts'
import { canonicalParts, receive } from '../../../../src/aws/sigv4/received.ts'
import { createStringCheck, signedText } from '../../../../src/aws/sigv4/verifier.ts'
import { directoryOf, signedRequest } from './signed-request.ts'

interface Vector {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly signedHeaders: string
  readonly signature: string
  readonly presigned: string
  readonly presignedHeaders: readonly (readonly [string, string])[]
  readonly canonical: readonly [path: string, query: string]
  readonly normalise?: false
  readonly body?: string
  readonly token?: string
}

const suite = JSON.parse(
  readFileSync(new URL('../../../cases/sigv4/aws-c-auth.json', import.meta.url), 'utf8'),
) as {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly time: string
  readonly v4: readonly Vector[]
  readonly v4a: readonly Vector[]
}

/** As Node gives URLs: one byte a character. */
const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const now = Date.parse(suite.time)

function requests(vector: Vector, algorithm: string) {
  const scope = algorithm === 'AWS4-HMAC-SHA256' ? '20150830/us-east-1/service' : '20150830/service'
  const authorization = `${algorithm} Credential=${suite.accessKeyId}/${scope}/aws4_request, SignedHeaders=${vector.signedHeaders}, Signature=${vector.signature}`
  const common = { method: vector.method, body: Buffer.from(vector.body ?? ''), now }
  return {
    header: signedRequest({
      ...common,
      rawUrl: bytes(vector.url),
      rawHeaders: [...vector.headers.flat(), 'Authorization', authorization],
    }),
    query: signedRequest({
      ...common,
      rawUrl: bytes(vector.presigned),
      rawHeaders: vector.presignedHeaders.flat(),
    }),
  }
}

const directory = (vector: Vector) =>
  directoryOf({
    accessKeyId: suite.accessKeyId,
    secretAccessKey: suite.secretAccessKey,
    ...(vector.token === undefined ? {} : { sessionToken: vector.token }),
  })

describe.each([
  ['AWS4-HMAC-SHA256', suite.v4],
  ['AWS4-ECDSA-P256-SHA256', suite.v4a],
] as const)("AWS's published vectors, %s", (algorithm, vectors) => {
  const normalised = vectors.filter(vector => vector.normalise !== false)
  const asIs = vectors.filter(vector => vector.normalise === false)

  test.each(normalised)('$name, signed in a header', async vector => {
    const { header } = requests(vector, algorithm)
    const { evidence } = await createAuthenticator(directory(vector)).authenticate(header)
    expect(
      String((evidence as { canonicalRequest: string }).canonicalRequest)
        .split('\n')
        .slice(1, 3),
    ).toEqual(vector.canonical)
  })

  test.each(normalised)('$name, signed in the query', async vector => {
    const { query } = requests(vector, algorithm)
    const answer = await createAuthenticator(directory(vector)).authenticate(query)
    expect(answer.principal.kind).toBe('root')
  })

  // S3's path rule; the vectors are scoped to another service, so the steps are taken one by one.
  test.each(asIs)('$name', vector => {
    const { header, query } = requests(vector, algorithm)
    const check = createStringCheck()
    for (const [placement, request] of [
      ['header', header],
      ['query', query],
    ] as const) {
      const received = { ...receive(request), isS3: true }
      const { headers, pairs, dialect } = received
      const claims =
        placement === 'header'
          ? headerClaims(headers.get('authorization') ?? '', headers, dialect)
          : queryClaims(pairs, dialect, false)
      const hash = vector.body === undefined ? emptyHash : sha256Hex(Buffer.from(vector.body))
      const { stringToSign } = signedText(claims, canonicalParts(received, claims, hash))
      expect(check(claims, suite.secretAccessKey, stringToSign, claims.signature), placement).toBe(true)
      expect(check(claims, `${suite.secretAccessKey}x`, stringToSign, claims.signature), placement).toBe(
        false,
      )
    }
  })
})

test('every vector is there', () => {
  expect([suite.v4.length, suite.v4a.length]).toEqual([38, 38])
})
