import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hasTool, runTool } from '../../support/run-tool.ts'
import { role, startLambda, zipOf } from './lambda-simulator.ts'

const file = 'exports.handler = async event => `Hello ${event.name || "World"}!`'

async function start() {
  const { simulator } = await startLambda({ 'handlers/greetingsOnDemand.js': file })
  const folder = mkdtempSync(join(tmpdir(), 'lambdarium-tools-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const env = {
    AWS_ENDPOINT_URL: simulator.aws,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const aws = async (...args: string[]) => {
    const { code, stdout, stderr } = await runTool('aws', [...args, '--output', 'json'], env)
    if (code !== 0) throw new Error(stderr)
    return JSON.parse(stdout || 'null')
  }
  return { simulator, folder, env, aws }
}

test.skipIf(!hasTool('aws', '--version'))(
  'aws lambda: list, invoke, create, publish, update, qualified names',
  { timeout: 240_000 },
  async () => {
    const { aws, folder } = await start()
    const output = join(folder, 'output.txt')
    const zip = async (name: string, text: string) => {
      writeFileSync(
        join(folder, name),
        await zipOf({ 'index.js': `exports.handler = async () => ${JSON.stringify(text)}` }),
      )
      return `fileb://${join(folder, name)}`
    }
    const invoke = async (name: string, ...more: string[]) => {
      await aws('lambda', 'invoke', '--function-name', name, ...more, output)
      return readFileSync(output, 'utf8')
    }
    expect(
      (await aws('lambda', 'list-functions')).Functions.map(
        (each: { FunctionName: string }) => each.FunctionName,
      ),
    ).toEqual(['greetingsOnDemand'])
    expect(await invoke('greetingsOnDemand', '--payload', '{"name":"John"}')).toBe('"Hello John!"')
    const made = await aws(
      'lambda',
      'create-function',
      '--function-name',
      'testMe',
      '--runtime',
      'nodejs',
      '--role',
      role,
      '--handler',
      'index.handler',
      '--zip-file',
      await zip('1.zip', 'Test Me One'),
      '--timeout',
      '10',
    )
    expect([made.Version, made.State, made.Timeout]).toEqual(['$LATEST', 'Pending', 10])
    expect((await aws('lambda', 'publish-version', '--function-name', 'testMe')).Version).toBe('1')
    const second = await aws(
      'lambda',
      'update-function-code',
      '--function-name',
      'testMe',
      '--zip-file',
      await zip('2.zip', 'Test Me Two'),
      '--publish',
    )
    expect(second.Version).toBe('2')
    await aws(
      'lambda',
      'create-alias',
      '--function-name',
      'testMe',
      '--name',
      'prod',
      '--function-version',
      '1',
    )
    expect(await invoke('testMe:1')).toBe('"Test Me One"')
    expect(await invoke('testMe:2')).toBe('"Test Me Two"')
    expect(await invoke('testMe:prod')).toBe('"Test Me One"')
    expect(await invoke('testMe', '--qualifier', 'prod')).toBe('"Test Me One"')

    await aws('s3', 'mb', 's3://code-bucket').catch((error: Error) => {
      // `s3 mb` prints a line that is no JSON.
      if (!(error instanceof SyntaxError)) throw error
    })
    await aws(
      's3api',
      'put-object',
      '--bucket',
      'code-bucket',
      '--key',
      'code/greet-v1.zip',
      '--body',
      join(folder, '1.zip'),
    )
    await aws(
      'lambda',
      'create-function',
      '--function-name',
      'greet',
      '--code',
      'S3Bucket=code-bucket,S3Key=code/greet-v1.zip',
      '--runtime',
      'nodejs4.3',
      '--role',
      role,
      '--handler',
      'index.handler',
    )
    expect(await invoke('greet')).toBe('"Test Me One"')
    await expect(
      aws(
        'lambda',
        'update-function-code',
        '--function-name',
        'greet',
        '--s3-bucket',
        'code-bucket',
        '--s3-key',
        'none',
      ),
    ).rejects.toThrow(
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    )
  },
)

const script = `
import boto3, json, io, zipfile, sys
client = boto3.client('lambda')
data = io.BytesIO()
with zipfile.ZipFile(data, 'w') as z:
    z.writestr('app.py', 'def handler(event, context):\\n    return {"got": event, "fn": context.function_name}\\n')
client.create_function(FunctionName='py', Runtime='python3.12', Role='${role}', Handler='app.handler', Code={'ZipFile': data.getvalue()})
client.get_waiter('function_active_v2').wait(FunctionName='py')
answer = client.invoke(FunctionName='py', Payload=json.dumps({'a': 1}), LogType='Tail')
seen = [json.load(answer['Payload']), answer['ExecutedVersion'], answer['StatusCode']]
seen.append([f['FunctionName'] for page in client.get_paginator('list_functions').paginate(PaginationConfig={'PageSize': 1}) for f in page['Functions']])
try:
    client.get_function(FunctionName='none')
except client.exceptions.ResourceNotFoundException as error:
    seen.append(error.response['Error']['Message'])
print(json.dumps(seen))
`

test.skipIf(!hasTool('python3', '-c', 'import boto3'))(
  'boto3 creates, waits, invokes, pages and knows the errors',
  { timeout: 240_000 },
  async () => {
    const { env } = await start()
    const { stdout, stderr } = await runTool('python3', ['-c', script], env)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual([
      { got: { a: 1 }, fn: 'py' },
      '$LATEST',
      200,
      ['greetingsOnDemand', 'py'],
      'Function not found: arn:aws:lambda:us-east-1:000000000000:function:none',
    ])
  },
)
