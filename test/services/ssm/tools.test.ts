import { expect, test } from 'vitest'
import { readSecret, secretsmanager } from '../../../src/services/secretsmanager/index.ts'
import { createSsm } from '../../../src/services/ssm/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { hasTool, runTool } from '../../support/run-tool.ts'

const start = () => startDoor({ services: [createSsm({ readSecret }), secretsmanager] })

test.skipIf(!hasTool('aws', '--version'))(
  'the AWS CLI puts, reads, lists and is told of errors',
  async () => {
    const { env } = await start()
    const aws = async (...args: string[]) => {
      const { code, stdout, stderr } = await runTool('aws', [...args, '--output', 'json'], env)
      return code === 0 ? JSON.parse(stdout || 'null') : stderr.trim()
    }
    expect(
      await aws('ssm', 'put-parameter', '--name', '/a/b', '--value', 'é', '--type', 'SecureString'),
    ).toEqual({
      Version: 1,
      Tier: 'Standard',
    })
    const listed = await aws(
      'ssm',
      'get-parameters-by-path',
      '--path',
      '/',
      '--recursive',
      '--with-decryption',
    )
    expect(listed.Parameters).toMatchObject([{ Name: '/a/b', Value: 'é', Type: 'SecureString' }])
    expect(await aws('ssm', 'get-parameter', '--name', '/none')).toContain(
      'An error occurred (ParameterNotFound) when calling the GetParameter operation',
    )
    const made = await aws('secretsmanager', 'create-secret', '--name', 's', '--secret-string', '{"a":1}')
    const read = await aws('secretsmanager', 'get-secret-value', '--secret-id', made.ARN)
    expect([read.Name, read.SecretString, read.VersionId]).toEqual(['s', '{"a":1}', made.VersionId])
  },
)

const script = `
import boto3, json
ssm, sm = boto3.client('ssm'), boto3.client('secretsmanager')
ssm.put_parameter(Name='/a', Value='1,2', Type='StringList', Tags=[{'Key': 'k', 'Value': 'v'}])
seen = [p['Value'] for page in ssm.get_paginator('get_parameters_by_path').paginate(Path='/') for p in page['Parameters']]
try:
    ssm.put_parameter(Name='/a', Value='x', Type='StringList')
except ssm.exceptions.ParameterAlreadyExists as error:
    seen.append(error.response['Error']['Code'])
sm.create_secret(Name='s', SecretBinary=b'\\x00\\xff')
seen.append(list(sm.get_secret_value(SecretId='s')['SecretBinary']))
try:
    sm.get_secret_value(SecretId='none')
except sm.exceptions.ResourceNotFoundException as error:
    seen.append(error.response['Error']['Message'])
seen.append(sm.describe_secret(SecretId='s')['CreatedDate'].isoformat())
print(json.dumps(seen))
`

test.skipIf(!hasTool('python3', '-c', 'import boto3'))(
  'boto3 puts, reads, pages and knows the errors',
  async () => {
    const { env } = await start()
    const { stdout, stderr } = await runTool('python3', ['-c', script], { ...env, TZ: 'UTC' })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual([
      '1,2',
      'ParameterAlreadyExists',
      [0, 255],
      "Secrets Manager can't find the specified secret.",
      expect.stringMatching(/^2026-01-01T00:00:00/),
    ])
  },
)
