import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { ServiceDefinition } from '../../../src/aws/index.ts'
import { sts } from '../../../src/services/sts/index.ts'
import { startIdentityDoor } from '../iam/iam-door.ts'

const run = promisify(execFile)
const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }],
})

async function startClients() {
  const { started } = await startIdentityDoor([sts as ServiceDefinition])
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', ...started.env }
  return { env }
}

describe.runIf(has('aws', '--version'))('the AWS CLI', () => {
  test('user, key, policy, role and session', async () => {
    const { env } = await startClients()
    const aws = async (args: readonly string[], over: object = {}) => {
      const { stdout } = await run('aws', [...args, '--output', 'json'], { env: { ...env, ...over } })
      return stdout === '' ? undefined : JSON.parse(stdout)
    }
    expect(await aws(['sts', 'get-caller-identity'])).toEqual({
      UserId: '000000000000',
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    })
    await aws(['iam', 'create-user', '--user-name', 'ada'])
    const { AccessKey } = await aws(['iam', 'create-access-key', '--user-name', 'ada'])
    const ada = { AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey }
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }],
    }
    await aws([
      'iam',
      'put-user-policy',
      '--user-name',
      'ada',
      '--policy-name',
      'p',
      '--policy-document',
      JSON.stringify(policy),
    ])
    await aws(['iam', 'create-role', '--role-name', 'rides', '--assume-role-policy-document', trust])
    const assumed = await aws(
      [
        'sts',
        'assume-role',
        '--role-arn',
        'arn:aws:iam::000000000000:role/rides',
        '--role-session-name',
        'cli',
      ],
      ada,
    )
    const session = {
      AWS_ACCESS_KEY_ID: assumed.Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: assumed.Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: assumed.Credentials.SessionToken,
    }
    expect(await aws(['sts', 'get-caller-identity'], session)).toMatchObject({
      Arn: 'arn:aws:sts::000000000000:assumed-role/rides/cli',
    })
    // The CLI shows documents decoded.
    const { Role } = await aws(['iam', 'get-role', '--role-name', 'rides'])
    expect(Role.AssumeRolePolicyDocument).toEqual(JSON.parse(trust))
    await expect(aws(['iam', 'list-users'], session)).rejects.toMatchObject({
      stderr: expect.stringContaining(
        'An error occurred (AccessDenied) when calling the ListUsers operation: User: arn:aws:sts::000000000000:assumed-role/rides/cli is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action',
      ),
    })
    await expect(
      aws(['sts', 'get-caller-identity'], { AWS_SECRET_ACCESS_KEY: 'wrong' }),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining(
        'An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation',
      ),
    })
  })
})

describe.runIf(has('python3', '-c', 'import boto3'))('boto3', () => {
  test('pages, resources, errors by code and a simulation', async () => {
    const { env } = await startClients()
    const script = `
import boto3, json
iam = boto3.client("iam")
for name in ["a", "b", "c"]:
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=${JSON.stringify(trust)}, Tags=[{"Key": "n", "Value": name}])
names = [r["RoleName"] for p in iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 2}) for r in p["Roles"]]
try:
    iam.get_role(RoleName="missing")
except iam.exceptions.NoSuchEntityException as error:
    missing = error.response["Error"]
policy = boto3.resource("iam").create_policy(PolicyName="reads", PolicyDocument=json.dumps({
    "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::photos/*"}]}))
policy.attach_role(RoleName="a")
answers = iam.simulate_principal_policy(PolicySourceArn="arn:aws:iam::000000000000:role/a",
    ActionNames=["s3:GetObject", "s3:PutObject"], ResourceArns=["arn:aws:s3:::photos/1"])["EvaluationResults"]
who = boto3.client("sts").get_caller_identity()
summary = iam.get_account_summary()["SummaryMap"]
details = iam.get_account_authorization_details(Filter=["Role"])["RoleDetailList"]
print(json.dumps({"names": names, "missing": missing, "document": policy.default_version.document["Statement"][0]["Action"],
    "decisions": [[a["EvalActionName"], a["EvalDecision"]] for a in answers], "who": who["Arn"], "roles": summary["Roles"],
    "details": [[d["RoleName"], len(d["AttachedManagedPolicies"])] for d in details]}))
`
    const { stdout } = await run('python3', ['-c', script], { env })
    expect(JSON.parse(stdout)).toEqual({
      names: ['a', 'b', 'c'],
      missing: {
        Type: 'Sender',
        Code: 'NoSuchEntity',
        Message: 'The role with name missing cannot be found.',
      },
      document: 's3:Get*',
      decisions: [
        ['s3:GetObject', 'allowed'],
        ['s3:PutObject', 'implicitDeny'],
      ],
      who: 'arn:aws:iam::000000000000:root',
      roles: 3,
      details: [
        ['a', 1],
        ['b', 0],
        ['c', 0],
      ],
    })
  })
})
