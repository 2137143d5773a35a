import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { answering, role, startLambda } from './lambda-simulator.ts'

/** A client of a user with these statements. */
async function clientOf(config: object, ...statements: object[]): Promise<LambdaClient> {
  const iam = new IAMClient(config)
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'ada',
      PolicyName: 'main',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  return new LambdaClient({
    ...config,
    credentials: {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    },
  })
}

// https://docs.aws.amazon.com/lambda/latest/dg/access-control-identity-based.html
test('who makes a function must be allowed to pass its role to Lambda', async () => {
  const { simulator } = await startLambda({})
  const lambda = await clientOf(simulator.clientConfig(), {
    Effect: 'Allow',
    Action: 'lambda:CreateFunction',
    Resource: '*',
  })
  await expect(
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'made',
        Role: role,
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Code: { ZipFile: await answering('made') },
      }),
    ),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: arn:aws:iam::000000000000:user/ada is not authorized to perform: iam:PassRole on resource: ${role} because no identity-based policy allows the iam:PassRole action`,
  })
})

test('lambda:FunctionArn tells which function a mapping is for', async () => {
  const { simulator } = await startLambda({})
  const lambda = await clientOf(simulator.clientConfig(), {
    Effect: 'Allow',
    Action: 'lambda:CreateEventSourceMapping',
    Resource: '*',
    Condition: { ArnLike: { 'lambda:FunctionArn': 'arn:aws:lambda:*:*:function:mine' } },
  })
  const map = async (FunctionName: string) => {
    const EventSourceArn = 'arn:aws:sqs:us-east-1:000000000000:none'
    try {
      await lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }))
      return 'made'
    } catch (error) {
      return (error as Error).name
    }
  }
  const outcomes = [await map('mine'), await map('others')]
  expect([outcomes[0] === 'AccessDeniedException', outcomes[1]]).toEqual([false, 'AccessDeniedException'])
})
