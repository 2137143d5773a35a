import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { AwsError, defineService } from '../../../src/aws/index.ts'
import { startDoor } from '../../support/aws-door.ts'

test('awsQuery', async () => {
  const sts = defineService({
    id: 'sts',
    createState: () => ({}),
    operations: {
      GetCallerIdentity: ({ principal }) => ({
        Arn: principal.arn,
        Account: principal.account,
        UserId: principal.userId,
      }),
    },
  })
  const iam = defineService({
    id: 'iam',
    createState: () => ({}),
    operations: {
      GetUser: (_context, { UserName }: { UserName: string }) => {
        throw new AwsError('NoSuchEntityException', `The user with name ${UserName} cannot be found.`)
      },
    },
  })
  const { clientConfig } = await startDoor({ services: [sts, iam] })
  const { $metadata, ...identity } = await new STSClient(clientConfig()).send(
    new GetCallerIdentityCommand({}),
  )
  expect(identity).toEqual({
    Arn: 'arn:aws:iam::000000000000:root',
    Account: '000000000000',
    UserId: '000000000000',
  })
  expect($metadata.requestId).toBe('00000000-0000-4000-8000-000000000001')
  await expect(
    new IAMClient(clientConfig()).send(new GetUserCommand({ UserName: 'a<b' })),
  ).rejects.toMatchObject({
    name: 'ValidationError',
  })
  await expect(
    new IAMClient(clientConfig()).send(new GetUserCommand({ UserName: 'ab' })),
  ).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The user with name ab cannot be found.',
    $metadata: { httpStatusCode: 404 },
  })
})
