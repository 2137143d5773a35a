import {
  DeleteResourcePolicyCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetResourcePoliciesCommand,
  PutParameterCommand,
  PutResourcePolicyCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { createSsm } from '../../../src/services/ssm/index.ts'
import { openStore } from '../../../src/stores/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const day = 86_400_000
const expiration = {
  Type: 'Expiration',
  Version: '1.0',
  Attributes: { Timestamp: '2026-01-10T00:00:00.000Z' },
}
const notification = {
  Type: 'ExpirationNotification',
  Version: '1.0',
  Attributes: { Before: '2', Unit: 'Days' },
}
const noChange = { Type: 'NoChangeNotification', Version: '1.0', Attributes: { After: '3', Unit: 'Days' } }

async function start() {
  const clock = createManualClock()
  const store = await openStore({ kind: 'memory' })
  const door = await startDoor({ services: [createSsm()], clock, store })
  const ssm = new SSMClient(door.clientConfig())
  const put = (Policies: unknown, rest: object = {}) =>
    ssm.send(
      new PutParameterCommand({
        Name: '/p',
        Value: 'x',
        Type: 'String',
        Tier: 'Advanced',
        Overwrite: true,
        Policies: typeof Policies === 'string' ? Policies : JSON.stringify(Policies),
        ...rest,
      }),
    )
  const told = () =>
    door.events
      .filter(({ type }) => type === 'Parameter Store Policy Action')
      .map(({ time, detail }) => [
        new Date(time).toISOString(),
        detail['policy-type'],
        detail['parameter-name'],
      ])
  return { clock, store, door, ssm, put, told }
}

const settle = async (run: () => Promise<unknown>, expected: unknown): Promise<void> => {
  await expect.poll(run).toEqual(expected)
}

test('policies act by the simulator clock: notifications, then the end', async () => {
  const { clock, ssm, put, told } = await start()
  await put([expiration, notification, noChange])
  const { Parameters } = await ssm.send(new DescribeParametersCommand({}))
  expect(Parameters?.[0]?.Policies).toEqual([
    { PolicyText: JSON.stringify(expiration), PolicyType: 'Expiration', PolicyStatus: 'Pending' },
    {
      PolicyText: JSON.stringify(notification),
      PolicyType: 'ExpirationNotification',
      PolicyStatus: 'Pending',
    },
    { PolicyText: JSON.stringify(noChange), PolicyType: 'NoChangeNotification', PolicyStatus: 'Pending' },
  ])
  clock.move(3 * day)
  const first = ['2026-01-04T00:00:00.000Z', 'NoChangeNotification', '/p']
  await settle(async () => told(), [first])
  clock.move(4 * day)
  const second = ['2026-01-08T00:00:00.000Z', 'ExpirationNotification', '/p']
  await settle(async () => told(), [first, second])
  expect((await ssm.send(new GetParameterCommand({ Name: '/p' }))).Parameter?.Value).toBe('x')
  clock.move(2 * day)
  await settle(async () => told(), [first, second, ['2026-01-10T00:00:00.000Z', 'Expiration', '/p']])
  await expect(ssm.send(new GetParameterCommand({ Name: '/p' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  })
})

test('what expired while the simulator was away is gone at its next start', async () => {
  const { clock, store, put, door } = await start()
  await put([expiration])
  await door.door.close()
  const away = createManualClock(clock.now() + 20 * day)
  const later = await startDoor({ services: [createSsm()], clock: away, store })
  await expect(
    new SSMClient(later.clientConfig()).send(new GetParameterCommand({ Name: '/p' })),
  ).rejects.toMatchObject({ name: 'ParameterNotFound' })
})

const refused: [string, unknown, object, string][] = [
  ['standard tier', [expiration], { Tier: 'Standard' }, 'ValidationException'],
  ['no JSON', '[', {}, 'InvalidPolicyAttributeException'],
  ['unknown type', [{ ...expiration, Type: 'Other' }], {}, 'InvalidPolicyTypeException'],
  [
    'a past date',
    [{ ...expiration, Attributes: { Timestamp: '2020-01-01T00:00:00Z' } }],
    {},
    'InvalidPolicyAttributeException',
  ],
  [
    'a bad unit',
    [{ ...noChange, Attributes: { After: '3', Unit: 'Weeks' } }],
    {},
    'InvalidPolicyAttributeException',
  ],
  ['two expirations', [expiration, expiration], {}, 'IncompatiblePolicyException'],
  ['eleven policies', Array.from({ length: 11 }, () => noChange), {}, 'PoliciesLimitExceededException'],
]

test.each(refused)('policies are refused: %s', async (_what, policies, rest, name) => {
  const { put } = await start()
  await expect(put(policies, rest)).rejects.toMatchObject({ name })
})

test('policies make Intelligent-Tiering choose the advanced tier', async () => {
  const { put } = await start()
  expect((await put([noChange], { Tier: 'Intelligent-Tiering' })).Tier).toBe('Advanced')
})

test('resource policies share an advanced parameter', async () => {
  const { ssm, put } = await start()
  await put([])
  const ResourceArn = 'arn:aws:ssm:us-east-1:000000000000:parameter/p'
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '111111111111' },
        Action: 'ssm:GetParameter',
        Resource: ResourceArn,
      },
    ],
  })
  const made = await ssm.send(new PutResourcePolicyCommand({ ResourceArn, Policy }))
  const list = async () => (await ssm.send(new GetResourcePoliciesCommand({ ResourceArn }))).Policies
  expect(await list()).toEqual([{ PolicyId: made.PolicyId, PolicyHash: made.PolicyHash, Policy }])
  await expect(ssm.send(new PutResourcePolicyCommand({ ResourceArn, Policy }))).rejects.toMatchObject({
    name: 'ResourcePolicyLimitExceededException',
  })
  await expect(
    ssm.send(
      new PutResourcePolicyCommand({ ResourceArn, Policy, PolicyId: made.PolicyId, PolicyHash: 'old' }),
    ),
  ).rejects.toMatchObject({ name: 'ResourcePolicyConflictException' })
  await expect(ssm.send(new PutResourcePolicyCommand({ ResourceArn, Policy: '{' }))).rejects.toMatchObject({
    name: 'MalformedResourcePolicyDocumentException',
  })
  await expect(
    ssm.send(new PutResourcePolicyCommand({ ResourceArn: `${ResourceArn}/none`, Policy })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await ssm.send(
    new DeleteResourcePolicyCommand({ ResourceArn, PolicyId: made.PolicyId, PolicyHash: made.PolicyHash }),
  )
  expect(await list()).toEqual([])
})
