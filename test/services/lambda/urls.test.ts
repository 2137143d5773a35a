import { mkdirSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionUrlConfigCommand,
  LambdaClient,
  ListFunctionUrlConfigsCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import { sign } from 'aws4'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'
import { temporaryProject } from '../../support/temporary-project.ts'
import { role, startLambda, zipOf } from './lambda-simulator.ts'

const echo =
  'exports.handler = async event => ({ statusCode: 201, headers: { "X-A": "b" }, cookies: ["c=d"], body: JSON.stringify(event) })'

/** Lets everybody in, as https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html#urls-auth-none has it. */
const permit = (lambda: LambdaClient, Action: string, condition: object) =>
  lambda.send(
    new AddPermissionCommand({
      FunctionName: 'fn',
      StatementId: Action.replace(':', '-'),
      Principal: '*',
      Action,
      ...condition,
    }),
  )

async function urlOf(lambda: LambdaClient, code: string, input: object = {}) {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'fn',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: await zipOf({ 'index.js': code }) },
    }),
  )
  const { FunctionUrl = '' } = await lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'fn', AuthType: 'NONE', ...input }),
  )
  await permit(lambda, 'lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' })
  await permit(lambda, 'lambda:InvokeFunction', { InvokedViaFunctionUrl: true })
  return new URL(FunctionUrl)
}

/** Calls a URL by its host name over the loopback address, whatever the machine's resolver says. */
function call(
  url: URL,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      const { method = 'GET', headers = {}, body } = options
      const request = httpRequest(
        { host: '127.0.0.1', port: url.port, path, method, headers: { host: url.host, ...headers } },
        response => {
          let text = ''
          response.setEncoding('utf8').on('data', chunk => {
            text += chunk
          })
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          )
        },
      )
      request.on('error', reject).end(body)
    },
  )
}

test('a URL hands the request on as payload 2.0, by host name and by path', async () => {
  const { lambda, simulator } = await startLambda()
  const url = await urlOf(lambda, echo)
  const id = url.host.split('.')[0] ?? ''
  expect(url.href).toMatch(/^http:\/\/[a-z2-7]{32}\.lambda-url\.us-east-1\.localhost:\d+\/$/)
  const answer = await call(url, '/a%20b?x=1&x=2', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'q=1; r=2' },
    body: '{"n":1}',
  })
  expect([answer.status, answer.headers['x-a'], answer.headers['set-cookie']]).toEqual([201, 'b', ['c=d']])
  expect(JSON.parse(answer.text)).toMatchObject({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/a b',
    rawQueryString: 'x=1&x=2',
    cookies: ['q=1', 'r=2'],
    queryStringParameters: { x: '1,2' },
    headers: { 'content-type': 'application/json' },
    requestContext: {
      accountId: 'anonymous',
      apiId: id,
      domainName: `${id}.lambda-url.us-east-1.on.aws`,
      domainPrefix: id,
      http: { method: 'POST', path: '/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
      routeKey: '$default',
      stage: '$default',
    },
    body: '{"n":1}',
    isBase64Encoded: false,
  })
  const byPath = await fetch(`${simulator.aws}/_lambdarium/urls/${id}/p?y=1`, {
    method: 'PUT',
    body: Buffer.from([255]),
  })
  expect(await byPath.json()).toMatchObject({
    rawPath: '/p',
    rawQueryString: 'y=1',
    body: '/w==',
    isBase64Encoded: true,
  })
  const { FunctionUrlConfigs } = await lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'fn' }))
  expect(FunctionUrlConfigs).toMatchObject([
    { AuthType: 'NONE', InvokeMode: 'BUFFERED', FunctionUrl: url.href },
  ])
  await lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'fn' }))
  expect((await call(url, '/')).status).toBe(403)
})

test('what is no response object is the body; what fails is 502', async () => {
  const { lambda } = await startLambda()
  const url = await urlOf(
    lambda,
    'exports.handler = async ({ rawPath }) => { if (rawPath === "/no") throw new Error("no"); return rawPath === "/text" ? "plain" : { a: 1 } }',
  )
  const [object, text, failed] = [await call(url, '/'), await call(url, '/text'), await call(url, '/no')]
  expect([object.status, object.headers['content-type'], object.text]).toEqual([
    200,
    'application/json',
    '{"a":1}',
  ])
  expect(text.text).toBe('plain')
  expect([failed.status, failed.text]).toEqual([502, 'Internal Server Error'])
})

test('AWS_IAM asks for a signature', async () => {
  const { lambda } = await startLambda()
  const url = await urlOf(
    lambda,
    'exports.handler = async event => event.requestContext.authorizer.iam.userArn',
    { AuthType: 'AWS_IAM' },
  )
  const refused = await call(url, '/')
  expect([refused.status, JSON.parse(refused.text).Message]).toEqual([
    403,
    expect.stringMatching(/^Forbidden\./),
  ])
  const { headers = {} } = sign(
    { service: 'lambda', region: 'us-east-1', host: url.host, path: '/', headers: {} },
    { accessKeyId: 'test', secretAccessKey: 'test' },
  )
  const { Host: _host, ...signed } = headers as Record<string, string>
  expect((await call(url, '/', { headers: signed })).text).toBe('arn:aws:iam::000000000000:root')
})

test('CORS is the URL configuration, and preflights never reach the function', async () => {
  const { lambda } = await startLambda()
  const url = await urlOf(
    lambda,
    'exports.handler = async () => ({ statusCode: 200, headers: { "access-control-allow-origin": "mine" }, body: "x" })',
    {
      Cors: { AllowOrigins: ['https://a.example'], AllowMethods: ['GET'], AllowHeaders: ['x-b'], MaxAge: 5 },
    },
  )
  const preflight = await call(url, '/', {
    method: 'OPTIONS',
    headers: { origin: 'https://a.example', 'access-control-request-method': 'GET' },
  })
  expect([
    preflight.status,
    preflight.headers['access-control-allow-origin'],
    preflight.headers['access-control-allow-methods'],
    preflight.headers['access-control-max-age'],
  ]).toEqual([200, 'https://a.example', 'GET', '5'])
  const answer = await call(url, '/', { headers: { origin: 'https://a.example' } })
  expect(answer.headers['access-control-allow-origin']).toBe('https://a.example')
  const other = await call(url, '/', { headers: { origin: 'https://b.example' } })
  expect(other.headers['access-control-allow-origin']).toBe('mine')
})

test('RESPONSE_STREAM streams status, headers and chunks', async () => {
  const { lambda } = await startLambda()
  const code = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
    const http = awslambda.HttpResponseStream.from(stream, { statusCode: 418, headers: { 'x-t': 'tea', 'content-type': 'text/plain' } })
    http.write('pot'); http.write('s'); http.end()
  })`
  const url = await urlOf(lambda, code, { InvokeMode: 'RESPONSE_STREAM' })
  const answer = await call(url, '/')
  expect([answer.status, answer.headers['x-t'], answer.text]).toEqual([418, 'tea', 'pots'])
})

test('a URL without authentication is closed until the policy lets everybody in with both actions', async () => {
  const { lambda, simulator } = await startLambda({
    'handlers/open.js': 'exports.handler = async () => "open"',
  })
  const url = await urlOf(lambda, 'exports.handler = async () => "in"')
  const without = async (action: string) => {
    await lambda.send(
      new RemovePermissionCommand({ FunctionName: 'fn', StatementId: action.replace(':', '-') }),
    )
    const { status, text } = await call(url, '/')
    return [status, JSON.parse(text)]
  }
  expect((await call(url, '/')).text).toBe('in')
  // The text is AWS's: quoted in https://github.com/brikis98/devops-book/pull/12
  const forbidden = {
    Message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  }
  expect(await without('lambda:InvokeFunction')).toEqual([403, forbidden])
  await permit(lambda, 'lambda:InvokeFunction', { InvokedViaFunctionUrl: true })
  expect(await without('lambda:InvokeFunctionUrl')).toEqual([403, forbidden])
  await permit(lambda, 'lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'AWS_IAM' })
  expect((await call(url, '/')).status).toBe(403)
  // The project is the deployment of its own functions.
  const { FunctionUrl = '' } = await lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'open', AuthType: 'NONE' }),
  )
  const id = new URL(FunctionUrl).host.split('.')[0]
  expect(await (await fetch(`${simulator.aws}/_lambdarium/urls/${id}/`)).text()).toBe('open')
})

test('a request to a URL is a record of the journal, and the invocation its consequence', async () => {
  const { lambda, simulator } = await startLambda()
  const url = await urlOf(lambda, 'exports.handler = async () => "in"')
  const { headers } = await call(url, '/a?b=c')
  const trace = String(headers['x-lambdarium-trace'])
  const [request, invocation] = simulator.journal.records({ trace }).toSorted((a, b) => a.time - b.time)
  expect([request?.kind, request?.subject, request?.outcome]).toEqual([
    'request',
    {
      method: 'GET',
      url: '/a?b=c',
      function: 'fn',
      functionUrl: url.host.split('.')[0],
      sourceIp: '127.0.0.1',
      requestId: headers['x-amzn-requestid'],
    },
    { status: 200 },
  ])
  expect([invocation?.kind, invocation?.cause]).toEqual(['invocation', request?.id])
})

test('a URL of a name that the project takes over belongs to the project’s function', async () => {
  const { directory, remove } = temporaryProject({})
  onTestFinished(remove)
  const options = { project: directory, data: join(directory, '.lambdarium') }
  const simulator = await createSimulator(options)
  onTestFinished(() => simulator.stop())
  const lambda = new LambdaClient({ ...simulator.clientConfig(), maxAttempts: 1 })
  const url = await urlOf(lambda, 'exports.handler = async () => "of the API"')
  for (const action of ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'])
    await lambda.send(
      new RemovePermissionCommand({ FunctionName: 'fn', StatementId: action.replace(':', '-') }),
    )
  expect((await call(url, '/')).status).toBe(403)
  await simulator.stop()
  mkdirSync(join(directory, 'handlers'))
  writeFileSync(join(directory, 'handlers', 'fn.js'), 'exports.handler = async () => "of the project"')
  const next = await createSimulator(options)
  onTestFinished(() => next.stop())
  url.port = new URL(next.aws).port
  expect((await call(url, '/')).text).toBe('of the project')
})

test('slashes in front become one, JSON is written without blanks, and nobody hears of the connection', async () => {
  const { lambda } = await startLambda()
  const url = await urlOf(
    lambda,
    'exports.handler = async ({ rawPath, headers }) => ({ rawPath, connection: headers.connection ?? null })',
  )
  expect((await call(url, '//a//b')).text).toBe('{"rawPath":"/a//b","connection":null}')
  const nobody = new URL(url.href.replace(/\/\/\w+/, `//${'0'.repeat(32)}`))
  const { status, headers, text } = await call(nobody, '/')
  expect([status, headers['x-amzn-errortype'], text]).toEqual([
    403,
    'AccessDeniedException',
    '{"Message":null}',
  ])
})
