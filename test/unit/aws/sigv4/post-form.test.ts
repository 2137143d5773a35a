import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { createFormAuthenticator } from '../../../../src/aws/index.ts'
import { directoryOf, root } from './signed-request.ts'

const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0
const script = `
import boto3, json
from botocore.config import Config
out = {}
for version in ["s3v4", "s3"]:
    client = boto3.client("s3", region_name="us-east-1", aws_access_key_id="ASIA", aws_secret_access_key="secret",
        aws_session_token="token", config=Config(signature_version=version))
    out[version] = client.generate_presigned_post("bucket", "key", Fields={"acl": "private"},
        Conditions=[{"acl": "private"}])["fields"]
print(json.dumps(out))
`
const authenticate = createFormAuthenticator(
  directoryOf({
    accessKeyId: 'ASIA',
    secretAccessKey: 'secret',
    sessionToken: 'token',
    expiration: 2_000_000_000_000,
  }),
)
const now = 1_700_000_000_000

describe.runIf(hasBoto3)("forms of boto3's generate_presigned_post", () => {
  const forms: Readonly<Record<string, Readonly<Record<string, string>>>> = hasBoto3
    ? JSON.parse(execFileSync('python3', ['-c', script], { encoding: 'utf8' }))
    : {}

  test.each(Object.keys(forms))('%s', async version => {
    const fields = Object.fromEntries(
      Object.entries(forms[version] ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    )
    expect(await authenticate(fields, now)).toEqual(root)
    const policy = Buffer.from('{"conditions":[]}').toString('base64')
    await expect(authenticate({ ...fields, policy }, now)).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      detail: { StringToSign: policy, AWSAccessKeyId: 'ASIA' },
    })
    await expect(authenticate({ ...fields, 'x-amz-security-token': 'x' }, now)).rejects.toMatchObject({
      code: 'InvalidToken',
    })
    await expect(authenticate(fields, 2_000_000_000_000)).rejects.toMatchObject({ code: 'ExpiredToken' })
    const field = version === 's3' ? 'signature' : 'x-amz-signature'
    const { [field]: _signature, ...without } = fields
    await expect(authenticate(without, now)).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: `Bucket POST must contain a field named '${version === 's3' ? 'Signature' : 'X-Amz-Signature'}'.  If it is specified, please check the order of the fields.`,
    })
  })
})

test('a form without a policy is denied', async () => {
  await expect(authenticate({}, now)).rejects.toMatchObject({ code: 'AccessDenied', statusCode: 403 })
})
