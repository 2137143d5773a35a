import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { createSsm } from '../../../src/services/ssm/index.ts'
import { startIdentityDoor } from '../iam/iam-door.ts'

/** Reads a tagged and an untagged parameter under one condition; headers as given. */
async function readUnder(Condition: object, headers: Readonly<Record<string, string>> = {}) {
  const door = await startIdentityDoor([createSsm()])
  const config = door.started.clientConfig()
  const root = new SSMClient(config)
  const put = { Value: 'x', Type: 'String' } as const
  await root.send(new PutParameterCommand({ ...put, Name: 'tagged', Tags: [{ Key: 'team', Value: 'a' }] }))
  await root.send(new PutParameterCommand({ ...put, Name: 'plain' }))
  const iam = door.iam()
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  const Statement = [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*', Condition }]
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'ada',
      PolicyName: 'main',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  const ada = new SSMClient({
    ...config,
    credentials: {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    },
  })
  ada.middlewareStack.add(
    next => args => {
      Object.assign((args.request as { headers: object }).headers, headers)
      return next(args)
    },
    { step: 'build' },
  )
  const read = async (Name: string) => {
    try {
      return (await ada.send(new GetParameterCommand({ Name }))).Parameter?.Value
    } catch (error) {
      return (error as Error).name
    }
  }
  return [await read('tagged'), await read('plain')]
}

test.each(['aws:ResourceTag/team', 'ssm:resourceTag/team'])('%s is the tag of the parameter', async key => {
  expect(await readUnder({ StringEquals: { [key]: 'a' } })).toEqual(['x', 'AccessDeniedException'])
})

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-referer
test('aws:Referer is the header', async () => {
  const condition = { StringLike: { 'aws:Referer': 'https://app.example.test/*' } }
  expect([
    await readUnder(condition, { referer: 'https://app.example.test/page' }),
    await readUnder(condition),
  ]).toEqual([
    ['x', 'x'],
    ['AccessDeniedException', 'AccessDeniedException'],
  ])
})
