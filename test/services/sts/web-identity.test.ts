import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand } from '@aws-sdk/client-iam'
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSts, type KeySet } from '../../../src/services/sts/index.ts'
import { startIdentityDoor } from '../iam/iam-door.ts'

const account = '000000000000'
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid })
const keySet: KeySet = { keys: [jwk(rsa.publicKey, 'one'), jwk(ec.publicKey, 'two')] }

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function token(claims: object, header: object, key: KeyObject): string {
  const text = `${part(header)}.${part(claims)}`
  const signature =
    key.asymmetricKeyType === 'ec'
      ? sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
      : sign('sha256', Buffer.from(text), key)
  return `${text}.${signature.toString('base64url')}`
}

/** A door with a provider and a role that trusts it; gives what AssumeRoleWithWebIdentity says to a token. */
async function startWithProvider(issuer: string, openIdKeys: Readonly<Record<string, KeySet>>) {
  const door = await startIdentityDoor([createSts({ openIdKeys })])
  const name = issuer.replace(/^https?:\/\//, '')
  const iam = door.iam()
  const { OpenIDConnectProviderArn } = await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: `https://${name}`, ClientIDList: ['app'] }),
  )
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'web',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: OpenIDConnectProviderArn },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: { [`${name}:aud`]: 'app' } },
          },
        ],
      }),
    }),
  )
  const sts = new STSClient({ ...door.started.clientConfig() })
  const claims = { iss: issuer, aud: 'app', sub: 'ada', exp: Math.floor(door.now / 1000) + 600 }
  const assume = async (WebIdentityToken: string) => {
    try {
      const answer = await sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: Role?.Arn,
          RoleSessionName: 'web',
          WebIdentityToken,
        }),
      )
      return answer.SubjectFromWebIdentityToken
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`
    }
  }
  return { door, claims, assume }
}

const unknownKey =
  "InvalidIdentityTokenException: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements"
const wrong = 'InvalidIdentityTokenException: Token signature is not valid'

describe('a web identity token', () => {
  test('is checked with configured keys', async () => {
    const { claims, assume } = await startWithProvider('https://id.example.test', {
      'https://id.example.test/': keySet,
    })
    const good = token(claims, { alg: 'RS256', kid: 'one' }, rsa.privateKey)
    const [head, , signature] = good.split('.')
    const outcomes = await Promise.all(
      [
        good,
        token(claims, { alg: 'ES256', kid: 'two' }, ec.privateKey),
        token(claims, { alg: 'RS256' }, rsa.privateKey),
        token(claims, { alg: 'RS256', kid: 'one' }, other.privateKey),
        `${head}.${part({ ...claims, sub: 'eve' })}.${signature}`,
        token(claims, { alg: 'none' }, rsa.privateKey),
        token(claims, { alg: 'HS256', kid: 'one' }, rsa.privateKey),
        token(claims, { alg: 'RS256', kid: 'three' }, rsa.privateKey),
      ].map(assume),
    )
    expect(outcomes).toEqual(['ada', 'ada', 'ada', wrong, wrong, wrong, wrong, unknownKey])
  })

  test('is checked with the keys that an issuer on this machine publishes', async () => {
    const answers: Record<string, object> = {}
    const server = createServer((request, response) =>
      response.end(JSON.stringify(answers[request.url ?? ''] ?? {})),
    )
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    answers['/.well-known/openid-configuration'] = { issuer, jwks_uri: `${issuer}/keys` }
    answers['/keys'] = keySet
    const { claims, assume } = await startWithProvider(issuer, {})
    expect([
      await assume(token(claims, { alg: 'RS256', kid: 'one' }, rsa.privateKey)),
      await assume(token(claims, { alg: 'RS256', kid: 'one' }, other.privateKey)),
    ]).toEqual(['ada', wrong])
  })

  test('is believed, and said so, where nobody here knows the keys', async () => {
    const { door, claims, assume } = await startWithProvider('https://id.example.test', {})
    expect(await assume(token(claims, { alg: 'RS256', kid: 'one' }, other.privateKey))).toBe('ada')
    expect(door.warnings).toEqual([
      'The signature of a web identity token of id.example.test was not checked: its keys are not known here. Give them as openIdKeys in the configuration to have it checked.',
    ])
    expect(door.started.events).toMatchObject([
      {
        source: 'sts',
        type: 'WebIdentitySignatureUnchecked',
        account,
        detail: { provider: 'id.example.test' },
      },
    ])
  })
})
