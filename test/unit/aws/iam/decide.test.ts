import { describe, expect, test } from 'vitest'
import { compilePolicy } from '../../../../src/aws/iam/policy/compile-policy.ts'
import { type DecisionPolicies, decide } from '../../../../src/aws/iam/policy/decide.ts'
import { contextOf } from '../../../../src/aws/iam/policy/request-context.ts'
import type { Principal } from '../../../../src/aws/index.ts'
import { anonymous } from '../../../../src/aws/sigv4/index.ts'

const account = '123456789012'
const ada: Principal = {
  ...anonymous,
  kind: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/ada`,
  userId: 'AIDA',
}
const session: Principal = {
  ...anonymous,
  kind: 'assumed-role',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/rides/one`,
  userId: 'AROA:one',
  roleArn: `arn:aws:iam::${account}:role/rides`,
}
const object = 'arn:aws:s3:::photos/2026/a.jpg'

type Statement = Readonly<Record<string, unknown>>
const policy = (...statements: Statement[]) => compilePolicy({ Version: '2012-10-17', Statement: statements })
const allow = (more: Statement = {}) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...more })
const deny = (more: Statement = {}) => ({ ...allow(more), Effect: 'Deny' })

function ask(
  policies: Partial<DecisionPolicies>,
  principal: Principal = ada,
  action = 's3:GetObject',
  resource = object,
) {
  const { effect, kind } = decide(
    { identity: [], resourceMustAllow: false, crossAccount: false, ...policies },
    { action, resource, context: contextOf({ 'aws:username': 'ada' }) },
    principal,
  )
  return `${effect} · ${kind}`
}

const allowed = 'allow · identity-based policy'
const silent = 'implicit-deny · identity-based policy'

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
describe('inside one account', () => {
  test.each<[string, Partial<DecisionPolicies>, string]>([
    ['nothing says anything', {}, silent],
    ['the caller may', { identity: [policy(allow())] }, allowed],
    [
      'a Deny in another policy wins',
      { identity: [policy(allow()), policy(deny())] },
      'explicit-deny · identity-based policy',
    ],
    [
      'a Deny in the same policy wins, whatever the order',
      { identity: [policy(deny(), allow())] },
      'explicit-deny · identity-based policy',
    ],
    [
      'the resource names the user',
      { resource: policy(allow({ Principal: { AWS: ada.arn } })) },
      'allow · resource-based policy',
    ],
    [
      'the resource is open to all',
      { resource: policy(allow({ Principal: '*' })) },
      'allow · resource-based policy',
    ],
    [
      'the resource leaves it to the account',
      { resource: policy(allow({ Principal: { AWS: account } })) },
      silent,
    ],
    [
      '… and the account lets its user',
      {
        identity: [policy(allow())],
        resource: policy(allow({ Principal: { AWS: `arn:aws:iam::${account}:root` } })),
      },
      allowed,
    ],
    [
      'the resource denies',
      { identity: [policy(allow())], resource: policy(deny({ Principal: '*' })) },
      'explicit-deny · resource-based policy',
    ],
    [
      'the resource denies all but others',
      { identity: [policy(allow())], resource: policy(deny({ NotPrincipal: { AWS: ada.arn } })) },
      allowed,
    ],
    [
      'NotPrincipal spares none of the users of an account that it names beside one of them',
      {
        identity: [policy(allow())],
        resource: policy(
          deny({
            NotPrincipal: { AWS: [`arn:aws:iam::${account}:user/bob`, `arn:aws:iam::${account}:root`] },
          }),
        ),
      },
      'explicit-deny · resource-based policy',
    ],
    [
      'NotPrincipal spares nobody who has a boundary',
      {
        identity: [policy(allow())],
        boundary: policy(allow()),
        resource: policy(deny({ NotPrincipal: { AWS: ada.arn } })),
      },
      'explicit-deny · resource-based policy',
    ],
    [
      'the boundary is silent',
      { identity: [policy(allow())], boundary: policy(allow({ Action: 's3:PutObject' })) },
      'implicit-deny · permissions boundary',
    ],
    [
      'the boundary denies',
      { identity: [policy(allow())], boundary: policy(deny()) },
      'explicit-deny · permissions boundary',
    ],
    ['a boundary grants nothing', { boundary: policy(allow()) }, silent],
    [
      'a user named by the resource is past its boundary',
      {
        boundary: policy(allow({ Action: 'sqs:*' })),
        resource: policy(allow({ Principal: { AWS: ada.arn } })),
      },
      'allow · resource-based policy',
    ],
    [
      'the session policy is silent',
      { identity: [policy(allow())], session: [policy(allow({ Action: 's3:PutObject' }))] },
      'implicit-deny · session policy',
    ],
    ['the session policy allows', { identity: [policy(allow())], session: [policy(allow())] }, allowed],
    [
      'a trust policy must allow',
      { identity: [policy(allow())], resource: policy(), resourceMustAllow: true },
      'implicit-deny · resource-based policy',
    ],
  ])('%s', (_name, policies, expected) => {
    expect(ask(policies)).toBe(expected)
  })

  test('a role named by a resource stays inside its boundary, a session named itself does not', () => {
    const boundary = policy(allow({ Action: 'sqs:*' }))
    const byRole = policy(allow({ Principal: { AWS: session.roleArn } }))
    const bySession = policy(allow({ Principal: { AWS: session.arn } }))
    expect(ask({ boundary, resource: byRole }, session)).toBe(silent)
    expect(ask({ resource: byRole }, session)).toBe('allow · resource-based policy')
    expect(ask({ boundary, resource: bySession }, session)).toBe('allow · resource-based policy')
  })

  test('a role is past its boundary where a resource is open to everybody', () => {
    const boundary = policy(allow({ Action: 'sqs:*' }))
    const open = policy(allow({ Principal: '*', Condition: { StringEquals: { 'aws:username': 'ada' } } }))
    expect(ask({ boundary, resource: open }, session)).toBe('allow · resource-based policy')
  })

  test('a federated user is reached through the user that issued it, inside its session policy', () => {
    const eve: Principal = {
      ...anonymous,
      kind: 'federated-user',
      account,
      arn: `arn:aws:sts::${account}:federated-user/eve`,
      userId: `${account}:eve`,
      issuerArn: ada.arn,
    }
    const resource = policy(allow({ Principal: { AWS: ada.arn } }))
    expect(ask({ resource }, eve)).toBe('allow · resource-based policy')
    expect(ask({ resource, session: [policy(allow({ Action: 'sqs:*' }))] }, eve)).toBe(silent)
  })
})

describe('across accounts', () => {
  test.each<[string, Partial<DecisionPolicies>, string]>([
    ['the caller alone', { identity: [policy(allow())] }, 'implicit-deny · resource-based policy'],
    ['the resource alone', { resource: policy(allow({ Principal: { AWS: ada.arn } })) }, silent],
    [
      'both',
      { identity: [policy(allow())], resource: policy(allow({ Principal: { AWS: account } })) },
      allowed,
    ],
    [
      'a Deny on one side',
      { identity: [policy(allow())], resource: policy(allow({ Principal: '*' }), deny({ Principal: '*' })) },
      'explicit-deny · resource-based policy',
    ],
  ])('%s', (_name, policies, expected) => {
    expect(ask({ ...policies, crossAccount: true })).toBe(expected)
  })
})

test('nobody passes only what is open to everybody', () => {
  const open = { resource: policy(allow({ Principal: '*' })) }
  const account = { resource: policy(allow({ Principal: { AWS: '123456789012' } })) }
  expect([ask(open, anonymous), ask(account, anonymous), ask({}, anonymous)]).toEqual([
    'allow · resource-based policy',
    silent,
    silent,
  ])
})

test('a service is named by its host', () => {
  const sns: Principal = { ...anonymous, kind: 'service', arn: 'sns.amazonaws.com' }
  const resource = policy(allow({ Principal: { Service: ['sns.amazonaws.com'] } }))
  expect([ask({ resource }, sns), ask({ resource }, ada)]).toEqual(['allow · resource-based policy', silent])
})

describe('actions and resources', () => {
  const may = (statement: Statement, action: string, resource = object) =>
    ask({ identity: [policy(statement)] }, ada, action, resource) === allowed

  test.each<[Statement, string, boolean]>([
    [{ Action: 's3:*' }, 's3:GetObject', true],
    [{ Action: 'S3:getobject' }, 's3:GetObject', true],
    [{ Action: ['sqs:*', 's3:Get*'] }, 's3:GetObjectTagging', true],
    [{ Action: 's3:Get?bject' }, 's3:GetObject', true],
    [{ Action: 's3:Get' }, 's3:GetObject', false],
    [{ Action: '*' }, 'anything:At All', true],
    [{ Action: undefined, NotAction: 's3:Delete*' }, 's3:GetObject', true],
    [{ Action: undefined, NotAction: ['s3:Delete*', 's3:Get*'] }, 's3:GetObject', false],
  ])('%j for %s', (statement, action, expected) => {
    expect(
      may(
        Object.fromEntries(Object.entries(allow(statement)).filter(([, value]) => value !== undefined)),
        action,
      ),
    ).toBe(expected)
  })

  test.each<[Statement, boolean]>([
    [{ Resource: object }, true],
    [{ Resource: 'arn:aws:s3:::photos/*' }, true],
    [{ Resource: 'arn:aws:s3:::photos' }, false],
    [{ Resource: 'arn:aws:s3:::PHOTOS/*' }, false],
    [{ Resource: ['arn:aws:s3:::other/*', 'arn:aws:s3:::photos/????/?.jpg'] }, true],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::secret/*' }, true],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::photos/*' }, false],
    [{ Resource: 'arn:aws:s3:::photos/${aws:username}/*' }, false],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::photos/${aws:nothing}/*' }, false],
  ])('%j', (statement, expected) => {
    expect(
      may(
        Object.fromEntries(Object.entries(allow(statement)).filter(([, value]) => value !== undefined)),
        's3:GetObject',
      ),
    ).toBe(expected)
  })

  test('a variable in a resource', () => {
    const statement = allow({ Resource: 'arn:aws:s3:::photos/${aws:username}/*' })
    expect(may(statement, 's3:GetObject', 'arn:aws:s3:::photos/ada/x')).toBe(true)
    expect(may(statement, 's3:GetObject', 'arn:aws:s3:::photos/eve/x')).toBe(false)
  })
})
