import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../../../src/aws/sigv4/index.ts'
import { directoryOf, signedRequest } from './signed-request.ts'

const hasBotocore = spawnSync('python3', ['-c', 'import botocore']).status === 0

interface BotocoreRequest {
  readonly kind: string
  readonly session: boolean
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const authenticator = createAuthenticator(
  directoryOf(
    { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 's3cr3t/+=' },
    { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 's3cr3t/+=', sessionToken: 't0k/en+==' },
  ),
)

const given = (signed: BotocoreRequest) => {
  const service = signed.kind.split('-')[0] ?? ''
  return signedRequest({
    method: signed.method,
    rawUrl: signed.url,
    rawHeaders: Object.entries(signed.headers).flat(),
    body: Buffer.from(signed.body),
    signingName: signed.kind === 'execute-api' ? signed.kind : service,
    service,
    now: Date.parse('2026-03-04T05:07:00Z'),
  })
}

describe.runIf(hasBotocore)('signed by botocore', () => {
  const script = fileURLToPath(new URL('./botocore-requests.py', import.meta.url))
  const requests: readonly BotocoreRequest[] = hasBotocore
    ? JSON.parse(execFileSync('python3', [script], { encoding: 'utf8' }))
    : []

  test.each([...new Set(requests.map(request => request.kind))])('%s', async kind => {
    const all = requests.filter(request => request.kind === kind)
    expect(all.length).toBeGreaterThan(50)
    for (const signed of all) {
      const { principal } = await authenticator.authenticate(given(signed))
      expect(principal.kind, signed.url).toBe('root')
    }
  })

  test('one changed character in the URL is refused every time', async () => {
    for (const signed of requests) {
      const at = signed.url.search(/[?]|$/)
      const changed = { ...signed, url: `${signed.url.slice(0, at)}x${signed.url.slice(at)}` }
      const outcome = await Promise.resolve()
        .then(() => authenticator.authenticate(given(changed)))
        .then(
          () => 'passed',
          (error: { code: string }) => error.code,
        )
      expect(['SignatureDoesNotMatch', 'InvalidSignatureException'], changed.url).toContain(outcome)
    }
  })
})
