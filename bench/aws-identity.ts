import { createHash, createHmac } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import {
  anonymous,
  type Credential,
  createPolicyCache,
  decideAccess,
  type Principal,
  type SignedRequest,
} from '../src/aws/index.ts'
import { createAuthenticator } from '../src/aws/sigv4/index.ts'
import { installPeer } from './support/peers.ts'

const now = Date.parse('2026-03-04T05:06:07Z')
const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }
const account = '123456789012'
const user: Principal = {
  ...anonymous,
  kind: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/ada`,
  userId: 'AIDAADA',
}

/** `npm run bench identity`: verifications of signatures and decisions of policies a second, beside peers. */
export async function run(_args: string[]): Promise<void> {
  await signatures()
  await decisions()
}

async function signatures(): Promise<void> {
  const body = '{"TableName":"rides","Key":{"id":{"S":"a1b2c3"}}}'
  const options = () => ({
    service: 'dynamodb',
    region: 'us-east-1',
    method: 'POST',
    path: '/',
    host: 'localhost:4566',
    body,
    headers: {
      'X-Amz-Date': '20260304T050607Z',
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': 'DynamoDB_20120810.GetItem',
      'User-Agent': 'aws-sdk-js/3.1141.0 ua/2.1 os/linux#6 lang/js md/nodejs#20 api/dynamodb#3.1141.0',
      'Amz-Sdk-Invocation-Id': '5b1c8f3e-0000-4000-8000-000000000000',
      'Amz-Sdk-Request': 'attempt=1; max=3',
    },
  })
  const signed = aws4.sign(options(), keys)
  const request: SignedRequest = {
    method: 'POST',
    rawUrl: '/',
    rawHeaders: Object.entries(signed.headers ?? {}).flatMap(([name, value]) => [name, String(value)]),
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
    secure: false,
    signingName: 'dynamodb',
    protocol: 'awsJson1_0',
    service: 'dynamodb',
    operation: 'GetItem',
    signatureOptional: false,
    now,
    requestId: 'bench',
  }
  const credential: Credential = { ...keys, status: 'Active', principal: user }
  const authenticator = createAuthenticator({ find: () => credential })
  const smithy = new SignatureV4({
    service: 'dynamodb',
    region: 'us-east-1',
    credentials: keys,
    sha256: NodeSha256,
  })
  console.log('Signatures: a DynamoDB GetItem with nine headers, one core')
  const own = await rate('verified', () => authenticator.authenticate(request))
  // A verifier without canonicalisation of its own signs again and compares.
  await rate('signed again with aws4', () => aws4.sign(options(), keys), own)
  await rate(
    'signed again with @smithy/signature-v4',
    () =>
      smithy.sign({ ...options(), hostname: 'localhost', protocol: 'http:', query: {} } as never, {
        signingDate: new Date(now),
      }),
    own,
  )
}

class NodeSha256 {
  readonly #hash: { update(data: string | Uint8Array): unknown; digest(): Buffer }
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string)
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}

const statements = Array.from({ length: 20 }, (_, index) => ({
  Sid: `Statement${index}`,
  Effect: index === 18 ? 'Deny' : 'Allow',
  Action:
    index === 19 ? ['dynamodb:GetItem', 'dynamodb:Query'] : [`s3:Get*`, `sqs:Send${index}*`, 'dynamodb:Put*'],
  Resource: index === 19 ? `arn:aws:dynamodb:*:${account}:table/rides*` : `arn:aws:s3:::bucket-${index}/*`,
  ...(index % 3 === 1
    ? {
        Condition: {
          StringEquals: { 'aws:PrincipalAccount': account },
          StringLike: { 'dynamodb:LeadingKeys': '${aws:userid}*' },
          IpAddress: { 'aws:SourceIp': '127.0.0.0/8' },
        },
      }
    : {}),
}))
const resource = `arn:aws:dynamodb:us-east-1:${account}:table/rides`

async function decisions(): Promise<void> {
  const document = { Version: '2012-10-17', Statement: statements }
  const text = JSON.stringify(document)
  const compile = createPolicyCache()
  const call = {
    principal: user,
    service: 'dynamodb',
    protocol: 'awsJson1_0',
    account,
    region: 'us-east-1',
    sourceIp: '127.0.0.1',
    secure: false,
    userAgent: 'bench',
    now,
  } as const
  const access = {
    action: 'dynamodb:GetItem',
    resources: [resource],
    conditions: { 'dynamodb:LeadingKeys': ['AIDAADA-1'] },
  }
  console.log('Decisions: one policy of 20 statements, the last but one denies others, the last allows')
  const own = await rate('decided', () => decideAccess(call, access, { identity: [text] }, compile))
  const directory = await installPeer('iam-simulate', ['@cloud-copilot/iam-simulate@0.1.173'])
  const peer = (await import(
    pathToFileURL(`${directory}/node_modules/@cloud-copilot/iam-simulate/dist/esm/index.js`).href
  )) as { runSimulation(simulation: unknown, options: unknown): Promise<unknown> }
  const simulation = {
    request: {
      principal: user.arn,
      action: access.action,
      resource: { resource, accountId: account },
      contextVariables: {
        'aws:PrincipalAccount': account,
        'aws:userid': 'AIDAADA',
        'aws:SourceIp': '127.0.0.1',
        'dynamodb:LeadingKeys': ['AIDAADA-1'],
      },
    },
    identityPolicies: [{ name: 'p', policy: document }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: undefined,
  }
  await rate('@cloud-copilot/iam-simulate', () => peer.runSimulation(simulation, {}), own)
}

/** Runs for two seconds after a warm-up and prints what one costs. */
async function rate(label: string, once: () => unknown, baseline?: number): Promise<number> {
  for (let count = 0; count < 2000; count++) await once()
  const start = performance.now()
  let done = 0
  while (performance.now() - start < 2000) {
    for (let count = 0; count < 100; count++) {
      const answer = once()
      if (answer instanceof Promise) await answer
    }
    done += 100
  }
  const microseconds = ((performance.now() - start) * 1000) / done
  const ratio = baseline === undefined ? '' : `   ${(microseconds / baseline).toFixed(1)} × ours`
  console.log(
    `  ${label.padEnd(42)} ${microseconds.toFixed(1).padStart(8)} µs   ${Math.round(1e6 / microseconds)
      .toLocaleString('en')
      .padStart(9)}/s${ratio}`,
  )
  return microseconds
}
