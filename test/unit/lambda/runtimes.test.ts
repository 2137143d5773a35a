import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FunctionDefinition } from '../../../src/ports/index.ts'
import { answerOf, createHarness, type Harness } from './harness.ts'

/** A runtime in thirty lines that speaks nothing but HTTP, as the documentation's own example does. */
const bootstrap = `#!/usr/bin/env python3
import json, os, sys, urllib.request
api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime"
def post(path, value):
    return urllib.request.urlopen(urllib.request.Request(api + path, json.dumps(value).encode(), method="POST")).status
if os.environ.get("FAIL") == "init":
    post("/init/error", {"errorType": "Custom.Init", "errorMessage": "no"})
    sys.exit(1)
while True:
    with urllib.request.urlopen(api + "/invocation/next") as next:
        id, event = next.headers["Lambda-Runtime-Aws-Request-Id"], json.load(next)
    print("event", json.dumps(event), flush=True)
    if event.get("fail"):
        post("/invocation/%s/error" % id, {"errorType": "Custom.Failure", "errorMessage": "asked for"})
    else:
        try:
            post("/invocation/00000000/response", 1)
        except urllib.error.HTTPError as error:
            wrong = [error.code, json.load(error)]
        post("/invocation/%s/response" % id, {"handler": os.environ["_HANDLER"], "wrong": wrong, "status": 202})
`

function executable(definition: FunctionDefinition, file: string): FunctionDefinition {
  chmodSync(join(definition.codeDirectory, file), 0o755)
  return definition
}

const provided = { runtime: 'provided.al2023', handler: 'any.thing' }

test('a bootstrap of the user’s own runs unchanged', async () => {
  const harness = createHarness()
  harness.deploy(executable(harness.define({ bootstrap }, provided), 'bootstrap'))
  const result = await harness.invoke({ a: 1 })
  expect(answerOf(result)).toEqual({
    handler: 'any.thing',
    wrong: [400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' }],
    status: 202,
  })
  expect(result.log).toContain('event {"a": 1}\n')
  const failed = await harness.invoke({ fail: true })
  expect([answerOf(failed), failed.functionError]).toEqual([
    { errorType: 'Custom.Failure', errorMessage: 'asked for' },
    'Unhandled',
  ])
})

test('its init error is the caller’s answer', async () => {
  const harness = createHarness()
  harness.deploy(
    executable(harness.define({ bootstrap }, { ...provided, environment: { FAIL: 'init' } }), 'bootstrap'),
  )
  expect(answerOf(await harness.invoke({}))).toEqual({ errorType: 'Custom.Init', errorMessage: 'no' })
})

/** [what, files, definition, the reason] */
const unusable: readonly (readonly [string, Record<string, string>, Partial<FunctionDefinition>, RegExp])[] =
  [
    ['no bootstrap', {}, provided, /^Couldn't find valid bootstrap\(s\): \[\/.*\/bootstrap\]$/],
    [
      'a bootstrap that is not executable',
      { bootstrap },
      provided,
      /bootstrap may not be executed: chmod \+x \//,
    ],
    [
      'no Ruby',
      {},
      { runtime: 'ruby3.3' },
      /^The runtime ruby3\.3 of function greet needs an interpreter that is not installed: looked for ruby on the search path \(PATH=\/nowhere\)\.$/,
    ],
    [
      'no .NET',
      {},
      { runtime: 'dotnet8' },
      /^The runtime dotnet8 of function greet needs .*: looked for dotnet on the search path/,
    ],
    [
      'no Java',
      {},
      { runtime: 'java21' },
      /^The runtime java21 of function greet needs .*: looked for java on the search path/,
    ],
    [
      'a runtime that nobody knows',
      {},
      { runtime: 'cobol' },
      /^The runtime cobol of function greet cannot be run here: nodejs\*, /,
    ],
    [
      'a wrapper that is not there',
      {},
      { environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' } },
      /^AWS_LAMBDA_EXEC_WRAPPER of function greet is \/opt\/wrapper, but there is no \/opt\/wrapper$/,
    ],
  ]

test.each(unusable)('a clear error: %s', async (_what, files, changes, reason) => {
  const harness = createHarness({ hostEnvironment: { PATH: '/nowhere' } })
  harness.deploy(harness.define(files, changes))
  const result = await harness.invoke({})
  const { errorType, errorMessage } = answerOf(result) as { errorType: string; errorMessage: string }
  expect(errorType).toBe('Runtime.InvalidEntrypoint')
  expect(errorMessage.replace(`RequestId: ${result.requestId} Error: `, '')).toMatch(reason)
})

test.each([
  ['nodejs20.x', { 'index.js': `exports.handler = async () => [process.env.WRAPPED, process.env.TABLE]` }],
  [
    'python3.12',
    { 'index.py': `import os\ndef handler(e, c): return [os.environ["WRAPPED"], os.environ["TABLE"]]\n` },
  ],
])('AWS_LAMBDA_EXEC_WRAPPER starts the runtime: %s', async (runtime, files) => {
  const harness = createHarness()
  const wrapper = '#!/bin/sh\nexport WRAPPED="by $TABLE"\nexec "$@"\n'
  const environment = { AWS_LAMBDA_EXEC_WRAPPER: '/var/task/wrapper', TABLE: 'Rides' }
  harness.deploy(executable(harness.define({ ...files, wrapper }, { runtime, environment }), 'wrapper'))
  expect(answerOf(await harness.invoke({}))).toEqual(['by Rides', 'Rides'])
})

/** Writes what it hears to a file; ends itself at SHUTDOWN. */
const extension = `#!/usr/bin/env python3
import json, os, sys, urllib.request
api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2020-01-01/extension"
out = open(os.environ["OUT"], "a")
name = os.path.basename(sys.argv[0])
request = urllib.request.Request(api + "/register", json.dumps({"events": ["INVOKE", "SHUTDOWN"]}).encode(), {"Lambda-Extension-Name": name}, method="POST")
with urllib.request.urlopen(request) as answer:
    id = answer.headers["Lambda-Extension-Identifier"]
    print(json.dumps(["registered", json.load(answer), "_HANDLER" in os.environ]), file=out, flush=True)
while True:
    with urllib.request.urlopen(urllib.request.Request(api + "/event/next", headers={"Lambda-Extension-Identifier": id})) as answer:
        event = json.load(answer)
    print(json.dumps([event["eventType"], event.get("requestId") or event.get("shutdownReason")]), file=out, flush=True)
    if event["eventType"] == "SHUTDOWN" or os.environ.get("CRASH"):
        sys.exit(3 if os.environ.get("CRASH") else 0)
`

function withExtension(
  harness: Harness,
  runtime: string,
  environment: Record<string, string>,
): FunctionDefinition {
  const layer = executable(
    harness.define({ 'extensions/listener': extension }, { name: 'layer' }),
    'extensions/listener',
  )
  return harness.define(
    {
      'index.js': `exports.handler = async () => 'node'`,
      'index.py': `import time\ndef handler(e, c):\n    time.sleep(e.get('wait', 0))\n    return 'python'\n`,
    },
    { runtime, environment, layers: [layer.codeDirectory] },
  )
}

// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
test.each([
  ['nodejs20.x', 'node'],
  ['python3.12', 'python'],
])('an extension registers, hears of each event, and of the end: %s', async (runtime, answer) => {
  const harness = createHarness()
  const out = join(harness.directory, 'out')
  harness.deploy(withExtension(harness, runtime, { OUT: out }))
  expect(answerOf(await harness.invoke({}, { requestId: 'one' }))).toBe(answer)
  expect(answerOf(await harness.invoke({}, { requestId: 'two' }))).toBe(answer)
  await harness.lambda.stop()
  const heard = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as unknown)
  expect(heard).toEqual([
    ['registered', { functionName: 'greet', functionVersion: '$LATEST', handler: 'index.handler' }, false],
    ['INVOKE', 'one'],
    ['INVOKE', 'two'],
    ['SHUTDOWN', 'spindown'],
  ])
})

test('an extension that crashes takes the environment with it', async () => {
  const harness = createHarness()
  const out = join(harness.directory, 'out')
  harness.deploy(withExtension(harness, 'python3.12', { OUT: out, CRASH: '1' }))
  const result = await harness.invoke({ wait: 2 })
  expect([answerOf(result), existsSync(out)]).toEqual([
    {
      errorType: 'Extension.Crash',
      errorMessage: `RequestId: ${result.requestId} Error: listener: Runtime exited with error: exit status 3`,
    },
    true,
  ])
})

test.skipIf(!existsSync('/bin/bash'))(
  'a bootstrap for /bin/sh finds what Amazon Linux has there',
  async () => {
    const harness = createHarness()
    const script = `#!/bin/sh
set -euo pipefail
source "$LAMBDA_TASK_ROOT/$(echo $_HANDLER | cut -d. -f1).sh"
while true; do
  HEADERS="$(mktemp)"
  EVENT=$(curl -sS -LD "$HEADERS" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next")
  ID=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  echo "$(main "$EVENT")" | curl -sS "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$ID/response" --data @-
done
`
    const definition = harness.define(
      { bootstrap: script, 'function.sh': 'main() { echo "$1"; }\n' },
      { ...provided, handler: 'function.main' },
    )
    harness.deploy(executable(definition, 'bootstrap'))
    expect(answerOf(await harness.invoke({ hello: 'world' }))).toEqual({ hello: 'world' })
  },
)

test('lines without anything in them are no log events', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      { 'main.py': 'def handler(event, context):\n  print("\\nmulti\\n\\nline\\rof\\n")\n' },
      { runtime: 'python3.12', handler: 'main.handler' },
    ),
  )
  const { log } = await harness.invoke({})
  expect(log.split('\n').slice(1, -3)).toEqual(['multi', 'line\rof'])
})

test('a response as AWS’s client for Go sends it: no mode, a head in front, an error in the trailers', async () => {
  const harness = createHarness()
  const script = `#!/usr/bin/env node
const http = require('node:http')
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')
const prefix = '/2018-06-01/runtime/invocation/'
const send = (id, type, body, error) => new Promise(done => {
  const headers = { 'Content-Type': type, Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body' }
  const request = http.request({ host, port, method: 'POST', path: prefix + id + '/response', headers }, response => { response.resume(); response.on('end', done) })
  request.write(body)
  if (error) request.addTrailers({ 'Lambda-Runtime-Function-Error-Type': 'E', 'Lambda-Runtime-Function-Error-Body': Buffer.from(error).toString('base64') })
  request.end()
})
const next = () => http.get({ host, port, path: prefix + 'next' }, response => {
  let text = ''
  response.on('data', chunk => { text += chunk }).on('end', () => {
    const { fail } = JSON.parse(text)
    const id = response.headers['lambda-runtime-aws-request-id']
    const sent = fail
      ? send(id, 'application/json', '"half', '{"errorType":"E","errorMessage":"broke off"}')
      : send(id, 'application/vnd.awslambda.http-integration-response', JSON.stringify({ statusCode: 418 }) + '\\0'.repeat(8) + 'tea')
    sent.then(next)
  })
})
next()
`
  harness.deploy(executable(harness.define({ bootstrap: script }, provided), 'bootstrap'))
  const metadata: unknown[] = []
  const chunks: string[] = []
  await harness.invoke(
    {},
    {
      onStreamMetadata: value => metadata.push(value),
      onChunk: chunk => chunks.push(Buffer.from(chunk).toString()),
    },
  )
  expect([metadata, chunks.join('')]).toEqual([[{ statusCode: 418 }], 'tea'])
  const failed = await harness.invoke({ fail: true })
  expect([failed.functionError, answerOf(failed)]).toEqual([
    'Unhandled',
    { errorType: 'E', errorMessage: 'broke off' },
  ])
})
