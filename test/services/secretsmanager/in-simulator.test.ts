import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/index.ts'

/** A rotation function with nothing but `fetch`, so that the project needs no packages. */
const rotate = `
const call = async (operation, input) => {
  const answer = await fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.' + operation,
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return JSON.parse((await answer.text()) || 'null')
}
export const handler = async ({ Step, SecretId, ClientRequestToken }) => {
  if (Step === 'createSecret') {
    const { SecretString } = await call('GetSecretValue', { SecretId })
    await call('PutSecretValue', { SecretId, ClientRequestToken, SecretString: SecretString + '+', VersionStages: ['AWSPENDING'] })
  }
  if (Step !== 'finishSecret') return
  const { VersionIdsToStages } = await call('DescribeSecret', { SecretId })
  const RemoveFromVersionId = Object.keys(VersionIdsToStages).find(id => VersionIdsToStages[id].includes('AWSCURRENT'))
  await call('UpdateSecretVersionStage', { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken, RemoveFromVersionId })
}
`

const files: Readonly<Record<string, string>> = {
  'handlers/rotate.mjs': rotate,
  'parameters/dev/app.json': JSON.stringify({ url: 'http://x' }),
  'lambdarium.config.json': JSON.stringify({
    auth: 'off',
    resources: { parameters: './parameters', secrets: { seeded: 'from the configuration' } },
  }),
}

let project: string
let simulator: Simulator
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'lambdarium-secrets-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, name)), { recursive: true })
    writeFileSync(join(project, name), text)
  }
  simulator = await createSimulator({ project })
})
afterAll(async () => {
  await simulator.stop()
  rmSync(project, { recursive: true, force: true })
})

test('a project has its parameters and secrets, and a real function rotates by the clock', async () => {
  const secrets = new SecretsManagerClient(simulator.clientConfig())
  const value = async (SecretId: string) =>
    (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString
  expect(await value('seeded')).toBe('from the configuration')
  const ssm = new SSMClient(simulator.clientConfig())
  const { Parameters } = await ssm.send(new GetParametersByPathCommand({ Path: '/', Recursive: true }))
  expect(Parameters?.map(({ Name, Value }) => [Name, Value])).toEqual([['/dev/app/url', 'http://x']])

  await secrets.send(new CreateSecretCommand({ Name: 's', SecretString: 'v' }))
  await secrets.send(
    new RotateSecretCommand({
      SecretId: 's',
      RotationLambdaARN: 'arn:aws:lambda:us-east-1:000000000000:function:rotate',
      RotationRules: { AutomaticallyAfterDays: 1 },
    }),
  )
  await simulator.idle()
  expect(await value('s')).toBe('v+')
  // Dates are ends of days: within three days two of them come, or three if this runs in the last second of one.
  await simulator.clock.advance({ days: 3 })
  await simulator.idle()
  expect(await value('s')).toMatch(/^v\+{3,4}$/)
  const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId: 's' }))
  expect(Object.values(VersionIdsToStages).toSorted()).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']])
})
