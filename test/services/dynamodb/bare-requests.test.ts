import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/index.ts'

/** What requests hear that no SDK would send, as architect/dynalite's tests recorded it from DynamoDB. */
let simulator: Simulator

beforeAll(async () => {
  simulator = await createSimulator()
})
afterAll(async () => {
  await simulator.stop()
})

async function post(headers: Record<string, string>, body = '', path = '/') {
  const response = await fetch(`${simulator.clientConfig().endpoint}${path}`, {
    method: 'POST',
    headers,
    body,
  })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    id: response.headers.get('x-amzn-requestid'),
    body: JSON.parse(text),
  }
}

const [plain, own] = ['application/json', 'application/x-amz-json-1.0']
const anId = expect.stringMatching(/^[0-9A-Z]{52}$/)
const coral = (name: string, message?: string) => ({
  __type: `com.amazon.coral.service#${name}`,
  ...(message === undefined ? {} : { message }),
})

test('without a target: the body is looked at first, and answered in the type that it came in', async () => {
  for (const type of [plain, own]) {
    expect(await post({ 'content-type': type }, 'hi')).toEqual({
      status: 400,
      type,
      id: anId,
      body: coral('SerializationException'),
    })
    expect(await post({ 'content-type': `${type};charset=x` }, '{}')).toEqual({
      status: 400,
      type,
      id: anId,
      body: coral('UnknownOperationException'),
    })
  }
})

test('without a signature, also where only its algorithm is missing', async () => {
  const target = { 'x-amz-target': 'DynamoDB_20120810.ListTables', 'content-type': own }
  const missing = {
    status: 400,
    type: own,
    id: anId,
    body: coral('MissingAuthenticationTokenException', 'Request is missing Authentication Token'),
  }
  expect(await post(target, '{}')).toEqual(missing)
  const query = '/?X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d'
  expect(await post(target, '{}', query)).toEqual(missing)
})
