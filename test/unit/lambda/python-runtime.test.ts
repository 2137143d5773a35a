import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answerOf, createHarness } from './harness.ts'

const python = { runtime: 'python3.12', handler: 'lambda_function.lambda_handler' }

test('a handler answers; print and logging go to its log', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'lambda_function.py': `import logging, sys
logger = logging.getLogger()
logger.setLevel(logging.INFO)

def lambda_handler(event, context):
    print("printed", event["name"])
    logger.info("logged\\nin two lines")
    logger.debug("not shown")
    print("to stderr", file=sys.stderr)
    return {"greeting": "Hello " + event["name"], "ö": 1.0}
`,
      },
      python,
    ),
  )
  const result = await harness.invoke({ name: 'Zoë' })
  expect(Buffer.from(result.payload).toString()).toBe('{"greeting": "Hello Zoë", "ö": 1.0}')
  const id = result.requestId
  const lines = result.log.split('\n')
  expect(lines[0]).toBe(`START RequestId: ${id} Version: $LATEST`)
  expect(lines.slice(1, 5).toSorted()).toEqual([
    expect.stringMatching(
      new RegExp(`^\\[INFO\\]\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t${id}\tlogged$`),
    ),
    'in two lines',
    'printed Zoë',
    'to stderr',
  ])
  expect(lines[5]).toBe(`END RequestId: ${id}`)
  expect(lines[6]).toMatch(/^REPORT RequestId: .*\tMax Memory Used: [1-9]\d* MB\tInit Duration: /)
})

test('the same event to the byte, and a warm environment', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'app.py': `import json
count = 0
def handler(event, context):
    global count
    count += 1
    return [count, json.dumps(event, ensure_ascii=False, separators=(",", ":"))]
`,
      },
      { runtime: 'python3.11', handler: 'app.handler' },
    ),
  )
  const event = '{"z":1,"a":[1.50,1e3,-0.0,"\\u00e9é"],"n":null,"t":true,"big":12345678901234567890}'
  const [, text] = answerOf(await harness.invoke(0, { payload: Buffer.from(event) })) as [number, string]
  expect(text).toBe('{"z":1,"a":[1.5,1000.0,-0.0,"éé"],"n":null,"t":true,"big":12345678901234567890}')
  expect(answerOf(await harness.invoke({}))).toEqual([2, '{}'])
})

test('the context has everything', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.py': `import os, sys
def handler(event, context):
    return {
        "id": context.aws_request_id, "name": context.function_name, "version": context.function_version,
        "arn": context.invoked_function_arn, "memory": context.memory_limit_in_mb,
        "group": context.log_group_name, "stream": context.log_stream_name == os.environ["AWS_LAMBDA_LOG_STREAM_NAME"],
        "identity": [context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id],
        "client": [context.client_context.custom, context.client_context.client.app_title],
        "remaining": context.get_remaining_time_in_millis(), "cwd": os.getcwd(), "path": sys.path[0],
        "trace": os.environ["_X_AMZN_TRACE_ID"], "environment": os.environ["AWS_EXECUTION_ENV"],
    }
`,
      },
      { runtime: 'python3.12', timeout: 9 },
    ),
  )
  const answer = answerOf(
    await harness.invoke(
      {},
      {
        requestId: 'id-1',
        traceId: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
        clientContext: Buffer.from('{"custom":{"a":"é"},"client":{"app_title":"Rides"}}').toString('base64'),
        cognitoIdentity: { identityId: 'us-east-1:abc', identityPoolId: 'us-east-1:pool' },
      },
    ),
  ) as { remaining: number; cwd: string }
  expect(answer).toEqual({
    id: 'id-1',
    name: 'greet',
    version: '$LATEST',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:greet',
    memory: '128',
    group: '/aws/lambda/greet',
    stream: true,
    identity: ['us-east-1:abc', 'us-east-1:pool'],
    client: [{ a: 'é' }, 'Rides'],
    remaining: expect.any(Number) as number,
    cwd: answer.cwd,
    path: answer.cwd,
    trace: expect.stringMatching(
      /^Root=1-5759e988-bd862e3fe1be46a994272793;Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:0$/,
    ) as string,
    environment: 'AWS_Lambda_python3.12',
  })
  expect(answer.remaining).toBeGreaterThan(8000)
})

test('an error has message, type, request id and stack', async () => {
  const harness = createHarness()
  const definition = harness.define(
    {
      'index.py': `def handler(event, context):\n    return fail()\n\ndef fail():\n    raise ValueError("no good")\n`,
    },
    { runtime: 'python3.12' },
  )
  harness.deploy(definition)
  const result = await harness.invoke({})
  const file = join(definition.codeDirectory, 'index.py')
  expect([answerOf(result), result.functionError]).toEqual([
    {
      errorMessage: 'no good',
      errorType: 'ValueError',
      requestId: result.requestId,
      stackTrace: [
        `  File "${file}", line 2, in handler\n    return fail()\n`,
        `  File "${file}", line 5, in fail\n    raise ValueError("no good")\n`,
      ],
    },
    'Unhandled',
  ])
  expect(result.log).toContain(
    `[ERROR] ValueError: no good\nTraceback (most recent call last):\n\u00a0\u00a0File "${file}", line 2, in handler\n\u00a0\u00a0\u00a0\u00a0return fail()\n`,
  )
  expect(existsSync(join(definition.codeDirectory, '__pycache__'))).toBe(false)
})

const broken: readonly (readonly [string, Record<string, string>, string, unknown])[] = [
  [
    'no module',
    {},
    'index.handler',
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Unable to import module 'index': No module named 'index'",
    },
  ],
  [
    'a module that it imports is missing',
    { 'index.py': 'import left_out' },
    'index.handler',
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Unable to import module 'index': No module named 'left_out'",
    },
  ],
  [
    'no such function',
    { 'index.py': 'x = 1' },
    'index.handler',
    { errorType: 'Runtime.HandlerNotFound', errorMessage: "Handler 'handler' missing on module 'index'" },
  ],
  [
    'a syntax error',
    { 'index.py': 'def handler(event, context):\n    return (\n' },
    'index.handler',
    {
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: expect.stringMatching(
        /^Syntax error in module 'index': '\(' was never closed \(index\.py, line 2\)$/,
      ),
    },
  ],
  [
    'a name without a dot',
    {},
    'index',
    {
      errorType: 'Runtime.MalformedHandlerName',
      errorMessage: "Bad handler 'index': not enough values to unpack (expected 2, got 1)",
    },
  ],
  [
    'a result that is no JSON',
    { 'index.py': 'def handler(event, context):\n    return {1, 2}\n' },
    'index.handler',
    {
      errorType: 'Runtime.MarshalError',
      errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable',
    },
  ],
]

test.each(broken)('error: %s', async (_what, files, handler, error) => {
  const harness = createHarness()
  harness.deploy(harness.define(files, { runtime: 'python3.12', handler }))
  const result = await harness.invoke({})
  expect(answerOf(result)).toMatchObject(error as object)
  expect(result.functionError).toBe('Unhandled')
  expect(result.log).toContain('[ERROR] Runtime.')
})

test('sys.exit ends the environment, and the next invocation gets a fresh one', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.py':
          'import sys\nn = 0\ndef handler(event, context):\n    global n\n    n += 1\n    if event: sys.exit(7)\n    return n\n',
      },
      { runtime: 'python3.12' },
    ),
  )
  expect(answerOf(await harness.invoke({}))).toBe(1)
  const result = await harness.invoke({ bad: true })
  expect(answerOf(result)).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${result.requestId} Error: Runtime exited with error: exit status 7`,
  })
  expect(answerOf(await harness.invoke({}))).toBe(1)
})

test('decimals, libraries and JSON logs', async () => {
  const harness = createHarness()
  const shared = harness.define({ 'common/__init__.py': 'NAME = "common"\n' }, { name: 'lib' }).codeDirectory
  harness.deploy(
    harness.define(
      {
        'index.py': `import logging
from decimal import Decimal
from common import NAME
def handler(event, context):
    logging.warning("hm %s", 1)
    return {"price": Decimal("10.10"), "name": NAME}
`,
      },
      { runtime: 'python3.12', libraries: [shared], environment: { AWS_LAMBDA_LOG_FORMAT: 'JSON' } },
    ),
  )
  const result = await harness.invoke({})
  expect(Buffer.from(result.payload).toString()).toBe('{"price": 10.10, "name": "common"}')
  const record = result.log.split('\n').find(line => line.startsWith('{"timestamp"')) ?? ''
  expect(JSON.parse(record)).toEqual({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    level: 'WARNING',
    message: 'hm 1',
    logger: 'root',
    requestId: result.requestId,
  })
})

test('a missing interpreter is named', async () => {
  const harness = createHarness({ hostEnvironment: { PATH: '/nowhere' } })
  harness.deploy(harness.define({ 'index.py': '' }, { runtime: 'python3.12' }))
  const result = await harness.invoke({})
  expect(answerOf(result)).toEqual({
    errorType: 'Runtime.InvalidEntrypoint',
    errorMessage: `RequestId: ${result.requestId} Error: The runtime python3.12 of function greet needs an interpreter that is not installed: looked for python3.12, python3, python on the search path (PATH=/nowhere).`,
  })
})

test('a response of more than 6 MB is refused', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      { 'index.py': 'def handler(event, context):\n    return "x" * event["size"]\n' },
      { runtime: 'python3.12', timeout: 20, memorySize: 1024 },
    ),
  )
  expect(answerOf(await harness.invoke({ size: 100_000_000 }))).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  })
  expect(answerOf(await harness.invoke({ size: 2 }))).toBe('xx')
})
