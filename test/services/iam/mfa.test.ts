import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetMFADeviceCommand,
  GetUserCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  PutUserPolicyCommand,
  ResyncMFADeviceCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, type Credentials, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { type ServiceDefinition, totpCode } from '../../../src/aws/index.ts'
import { sts } from '../../../src/services/sts/index.ts'
import { type ClientCredentials, startIdentityDoor } from './iam-door.ts'

const account = '000000000000'
const serial = `arn:aws:iam::${account}:mfa/ada`
const ofAda = { UserName: 'ada', SerialNumber: serial }

/** Ada with a device; without MFA she may do nothing but ask for a session. */
async function startWithDevice() {
  const door = await startIdentityDoor([sts as ServiceDefinition])
  const iam = door.iam()
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'ada', Tags: [{ Key: 'k', Value: 'v' }] }),
  )
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString()
  const step = Math.floor(door.now / 30_000)
  const code = (offset: number) => totpCode(seed, step + offset)
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  const keys = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  const enable = (first = '', second = '') =>
    iam.send(
      new EnableMFADeviceCommand({ ...ofAda, AuthenticationCode1: first, AuthenticationCode2: second }),
    )
  const client = (credentials: ClientCredentials) =>
    new STSClient({ ...door.started.clientConfig(), credentials })
  return { door, iam, code, keys, enable, sts: client, device: VirtualMFADevice }
}

const session = (credentials: Credentials | undefined): ClientCredentials => ({
  accessKeyId: credentials?.AccessKeyId ?? '',
  secretAccessKey: credentials?.SecretAccessKey ?? '',
  sessionToken: credentials?.SessionToken ?? '',
})

test('a virtual device: created, enabled by two codes, listed, deactivated, deleted', async () => {
  const { iam, code, enable, door, device } = await startWithDevice()
  expect(device).toEqual({
    SerialNumber: serial,
    Base32StringSeed: expect.any(Uint8Array),
    QRCodePNG: expect.any(Uint8Array),
    Tags: [{ Key: 'k', Value: 'v' }],
  })
  expect(Buffer.from(device?.QRCodePNG ?? []).toString('latin1', 1, 4)).toBe('PNG')
  await expect(
    iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'ada' })),
  ).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: 'MFADevice entity at the same path and name already exists.',
  })
  for (const codes of [
    ['000000', code(0)],
    [code(0), code(0)],
    [code(0), code(2)],
  ])
    await expect(enable(codes[0], codes[1])).rejects.toMatchObject({
      name: 'InvalidAuthenticationCodeException',
      $metadata: { httpStatusCode: 403 },
    })
  await enable(code(-1), code(0))
  const EnableDate = new Date(Math.floor(door.now / 1000) * 1000)
  expect((await iam.send(new ListMFADevicesCommand({ UserName: 'ada' }))).MFADevices).toEqual([
    { ...ofAda, EnableDate },
  ])
  expect(await iam.send(new GetMFADeviceCommand(ofAda))).toMatchObject({ ...ofAda, EnableDate })
  const listed = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' }))
  expect(listed.VirtualMFADevices).toMatchObject([{ SerialNumber: serial, User: { UserName: 'ada' } }])
  await iam.send(
    new ResyncMFADeviceCommand({ ...ofAda, AuthenticationCode1: code(0), AuthenticationCode2: code(1) }),
  )
  await expect(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
  await iam.send(new DeactivateMFADeviceCommand(ofAda))
  expect((await iam.send(new ListMFADevicesCommand({ UserName: 'ada' }))).MFADevices).toEqual([])
  await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serial }))
  expect((await iam.send(new ListVirtualMFADevicesCommand({}))).VirtualMFADevices).toEqual([])
})

test('a user with a device cannot be deleted', async () => {
  const { iam, code, enable } = await startWithDevice()
  await enable(code(0), code(1))
  await iam.send(new CreateUserCommand({ UserName: 'eve' }))
  await iam.send(new DeleteUserCommand({ UserName: 'eve' }))
  await expect(iam.send(new DeleteUserCommand({ UserName: 'ada' }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
})

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
test('GetSessionToken with a code makes aws:MultiFactorAuthPresent true', async () => {
  const { door, iam, code, enable, keys, sts: client } = await startWithDevice()
  await enable(code(-1), code(0))
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'ada',
      PolicyName: 'mfa',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iam:GetUser',
            Resource: '*',
            Condition: {
              Bool: { 'aws:MultiFactorAuthPresent': 'true' },
              NumericLessThan: { 'aws:MultiFactorAuthAge': '300' },
            },
          },
        ],
      }),
    }),
  )
  const refused = (message: string) => ({ name: 'AccessDenied', message, $metadata: { httpStatusCode: 403 } })
  const ask = (input: object) => client(keys).send(new GetSessionTokenCommand(input))
  await expect(ask({ SerialNumber: serial, TokenCode: '000000' })).rejects.toMatchObject(
    refused('MultiFactorAuthentication failed with invalid MFA one time pass code. '),
  )
  await expect(ask({ SerialNumber: `${serial}x`, TokenCode: code(1) })).rejects.toMatchObject(
    refused(
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    ),
  )
  await expect(ask({ SerialNumber: serial })).rejects.toMatchObject(
    refused('MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.'),
  )
  const withMfa = session((await ask({ SerialNumber: serial, TokenCode: code(1) })).Credentials)
  await expect(ask({ SerialNumber: serial, TokenCode: code(1) })).rejects.toMatchObject({
    name: 'AccessDenied',
  })
  const without = session((await ask({})).Credentials)
  const user = new GetUserCommand({ UserName: 'ada' })
  expect((await door.iam(withMfa).send(user)).User?.UserName).toBe('ada')
  await expect(door.iam(keys).send(user)).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(door.iam(without).send(user)).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid',
  })
})

test('a trust policy may ask for MFA', async () => {
  const { iam, code, enable, keys, sts: client } = await startWithDevice()
  await enable(code(-1), code(0))
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'careful',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: `arn:aws:iam::${account}:user/ada` },
            Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          },
        ],
      }),
    }),
  )
  const assume = (more: object) =>
    client(keys).send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'work', ...more }))
  await expect(assume({})).rejects.toMatchObject({ name: 'AccessDenied' })
  const answer = await assume({ SerialNumber: serial, TokenCode: code(1) })
  expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/careful/work`)
})
