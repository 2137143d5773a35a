import { createHash } from 'node:crypto'
import aws4 from 'aws4'
import { describe, expect, test } from 'vitest'
import { identityTables } from '../../../../src/aws/iam/tables.ts'
import type { AuthorizationRequest, Identity, IdentityOptions } from '../../../../src/aws/index.ts'
import { createIdentity } from '../../../../src/aws/index.ts'
import { createRandomIds } from '../../../../src/ports/index.ts'
import { openStore, type Store } from '../../../../src/stores/index.ts'

const account = '123456789012'
const now = Date.parse('2026-01-02T03:04:05Z')

async function identity(over: Partial<IdentityOptions> = {}): Promise<{
  readonly store: Store
  readonly identity: Identity
  readonly warnings: string[]
}> {
  const store = await openStore({ kind: 'memory' })
  const warnings: string[] = []
  const silent = () => {}
  const log = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (_fields: object, message: string) => void warnings.push(message),
  }
  const options: IdentityOptions = {
    store,
    clock: { now: () => now },
    ids: createRandomIds(),
    log,
    credentials: [{ accessKeyId: 'test', secretAccessKey: 'test', account }],
    account,
    auth: 'on',
    ...over,
  }
  return { store, identity: createIdentity(options), warnings }
}

async function addUser(store: Store, policy: object): Promise<void> {
  const userName = 'ada'
  await store.transaction(writer => {
    identityTables.users.put(
      writer,
      {
        userName,
        userId: 'AIDAADAADAADAADAADAAD',
        path: '/',
        arn: `arn:aws:iam::${account}:user/ada`,
        createDate: now,
        tags: [{ Key: 'team', Value: 'engines' }],
        groups: [],
        inlinePolicies: { main: JSON.stringify(policy) },
        attachedPolicies: [],
      },
      account,
      userName,
    )
    identityTables.accessKeys.put(
      writer,
      {
        accessKeyId: 'AKIAADA',
        secretAccessKey: 'lovelace',
        account,
        userName,
        status: 'Active',
        createDate: now,
      },
      'AKIAADA',
    )
  })
}

function apiRequest(accessKeyId: string, secretAccessKey: string, path = '/dev/pets?name=A%20B') {
  const signed = aws4.sign(
    {
      service: 'execute-api',
      region: 'eu-central-1',
      host: '127.0.0.1:3000',
      path,
      headers: { 'X-Amz-Date': '20260102T030405Z' },
    },
    { accessKeyId, secretAccessKey },
  )
  return {
    method: 'GET',
    rawUrl: path,
    rawHeaders: Object.entries(signed.headers ?? {}).flatMap(([name, value]) => [name, String(value)]),
    body: new Uint8Array(),
    sourceIp: '127.0.0.1',
    secure: false,
    now,
    requestId: 'request-1',
  }
}

const invoke = (resourcePolicy?: unknown) => ({
  action: 'execute-api:Invoke',
  resources: [`arn:aws:execute-api:eu-central-1:${account}:pets/dev/GET/pets`],
  account,
  region: 'eu-central-1',
  sourceIp: '127.0.0.1',
  secure: false,
  userAgent: undefined,
  now,
  ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
})

const allowPets = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Action: 'execute-api:Invoke',
    Resource: 'arn:aws:execute-api:*:*:pets/dev/*',
  },
}

describe('the API door', () => {
  test('a signed request is its user, and policies decide', async () => {
    const { store, identity: made } = await identity()
    await addUser(store, allowPets)
    const answer = await made.apiAuth.authenticate(apiRequest('AKIAADA', 'lovelace'))
    if (!('principal' in answer)) throw new Error(answer.message)
    expect(answer.principal).toEqual({
      kind: 'user',
      account,
      arn: `arn:aws:iam::${account}:user/ada`,
      userId: 'AIDAADAADAADAADAADAAD',
      accessKeyId: 'AKIAADA',
      tags: { team: 'engines' },
      sessionContext: {},
      sessionPolicies: [],
    })
    const { principal } = answer
    expect(await made.apiAuth.authorize(principal, invoke())).toBe('allow')
    const other = {
      ...invoke(),
      resources: [`arn:aws:execute-api:eu-central-1:${account}:pets/prod/GET/pets`],
    }
    expect(await made.apiAuth.authorize(principal, other)).toBe('implicit-deny')
    const denied = {
      Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: 'execute-api:/dev/GET/*' }],
    }
    expect(await made.apiAuth.authorize(principal, invoke(denied))).toBe('explicit-deny')
  })

  test('a wrong secret gets the long message, an unknown key and no key their own', async () => {
    const { identity: made } = await identity()
    const canonical = [
      'GET',
      '/dev/pets',
      'name=A%20B',
      'host:127.0.0.1:3000',
      'x-amz-date:20260102T030405Z',
      '',
      'host;x-amz-date',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ].join('\n')
    const toSign = [
      'AWS4-HMAC-SHA256',
      '20260102T030405Z',
      '20260102/eu-central-1/execute-api/aws4_request',
      createHash('sha256').update(canonical).digest('hex'),
    ].join('\n')
    expect(await made.apiAuth.authenticate(apiRequest('test', 'wrong'))).toEqual({
      failure: 'INVALID_SIGNATURE',
      errorType: 'InvalidSignatureException',
      message: `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${toSign}'\n`,
      evidence: {
        canonicalRequest: canonical,
        stringToSign: toSign,
        signatureProvided: expect.stringMatching(/^[0-9a-f]{64}$/),
        likeliestCause:
          'No known mistake gives this signature: most likely the secret access key is another one, or a proxy changed what was signed.',
      },
    })
    expect(await made.apiAuth.authenticate(apiRequest('AKIANOBODY', 'x'))).toEqual({
      failure: 'INVALID_SIGNATURE',
      errorType: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
      evidence: undefined,
    })
    expect(await made.apiAuth.authenticate({ ...apiRequest('test', 'test'), rawHeaders: [] })).toEqual({
      failure: 'MISSING_AUTHENTICATION_TOKEN',
      errorType: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
      evidence: undefined,
    })
  })

  test('one document alone: what a Lambda authorizer returned', async () => {
    const { identity: made } = await identity()
    const nobody = { kind: 'anonymous', account: '', arn: '*', userId: '' } as const
    const principal = { ...nobody, tags: {}, sessionContext: {}, sessionPolicies: [] }
    const policy = (Effect: string) => ({
      Version: '2012-10-17',
      Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: invoke().resources }],
    })
    expect(made.apiAuth.evaluate(policy('Allow'), principal, invoke())).toBe('allow')
    expect(made.apiAuth.evaluate(policy('Deny'), principal, invoke())).toBe('explicit-deny')
    expect(made.apiAuth.evaluate({ Statement: [] }, principal, invoke())).toBe('implicit-deny')
  })
})

function getItem(principal: AuthorizationRequest['principal']): AuthorizationRequest {
  return {
    principal,
    access: [
      { action: 'dynamodb:GetItem', resources: [`arn:aws:dynamodb:eu-central-1:${account}:table/rides`] },
    ],
    service: 'dynamodb',
    operation: 'GetItem',
    protocol: 'awsJson1_0',
    account,
    region: 'eu-central-1',
    sourceIp: '127.0.0.1',
    secure: false,
    userAgent: undefined,
    now,
    requestId: 'request-1',
  }
}

async function principalOf(made: Identity, accessKeyId: string) {
  const credential = await made.credentials.find(accessKeyId)
  if (credential === undefined) throw new Error(`${accessKeyId} is unknown`)
  return credential.principal
}

describe('the AWS door', () => {
  test('a refusal names principal, action, resource and the kind of policy', async () => {
    const { store, identity: made } = await identity()
    await addUser(store, allowPets)
    const ada = await principalOf(made, 'AKIAADA')
    await expect(made.authorizer.authorize(getItem(ada))).rejects.toMatchObject({
      code: 'AccessDeniedException',
      statusCode: 400,
      message: `User: arn:aws:iam::${account}:user/ada is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-central-1:${account}:table/rides because no identity-based policy allows the dynamodb:GetItem action`,
      cause: {
        statement: {
          Effect: 'Allow',
          Action: 'dynamodb:GetItem',
          Resource: `arn:aws:dynamodb:eu-central-1:${account}:table/rides`,
        },
      },
    })
    await addUser(store, { Statement: { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' } })
    await expect(made.authorizer.authorize(getItem(ada))).rejects.toMatchObject({
      message: `User: arn:aws:iam::${account}:user/ada is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-central-1:${account}:table/rides with an explicit deny in an identity-based policy`,
    })
  })

  test('root passes in its own account', async () => {
    const { identity: made } = await identity()
    expect(made.authorizer.authorize(getItem(await principalOf(made, 'test')))).toBeUndefined()
  })

  test('a role that nobody created may do everything, says so once, and is bounded once it is created', async () => {
    const { store, identity: made, warnings } = await identity()
    const arn = 'arn:aws:iam::999999999999:role/service/rides-role'
    const issued = await made.issueRoleCredentials(arn, 'rides')
    const principal = await principalOf(made, issued.accessKeyId)
    expect(principal).toMatchObject({
      kind: 'assumed-role',
      account,
      arn: `arn:aws:sts::${account}:assumed-role/rides-role/rides`,
      roleArn: `arn:aws:iam::${account}:role/service/rides-role`,
    })
    await made.authorizer.authorize(getItem(principal))
    await made.authorizer.authorize(getItem(principal))
    expect(warnings).toEqual([
      `The role arn:aws:iam::${account}:role/service/rides-role was never created, so it may do everything. Create it (iam create-role, put-role-policy) to have its permissions checked.`,
    ])
    await store.transaction(writer =>
      identityTables.roles.put(
        writer,
        {
          roleName: 'rides-role',
          roleId: 'AROARIDES',
          path: '/service/',
          arn: `arn:aws:iam::${account}:role/service/rides-role`,
          createDate: now,
          maxSessionDuration: 3600,
          assumeRolePolicyDocument: '{}',
          tags: [],
          inlinePolicies: {},
          attachedPolicies: [],
        },
        account,
        'rides-role',
      ),
    )
    await expect(made.authorizer.authorize(getItem(principal))).rejects.toMatchObject({
      code: 'AccessDeniedException',
    })
  })

  test('warn lets pass and says what AWS would have refused; off is silent', async () => {
    for (const auth of ['warn', 'off'] as const) {
      const { store, identity: made, warnings } = await identity({ auth })
      await addUser(store, allowPets)
      await made.authorizer.authorize(getItem(await principalOf(made, 'AKIAADA')))
      expect(await made.apiAuth.authenticate(apiRequest('AKIAADA', 'wrong'))).toMatchObject({
        principal: { kind: 'user' },
      })
      expect(await made.apiAuth.authenticate(apiRequest('AKIANOBODY', 'x'))).toMatchObject({
        principal: { kind: 'root', account },
      })
      expect(warnings.map(text => text.slice(0, 74))).toEqual(
        auth === 'off'
          ? []
          : [
              'auth: warn · AWS would have refused this call: User: arn:aws:iam::12345678',
              'auth: warn · AWS would have refused this request: InvalidSignatureExceptio',
              'auth: warn · AWS would have refused this request: UnrecognizedClientExcept',
            ],
      )
    }
  })
})
