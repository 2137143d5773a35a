import { expect, test } from 'vitest'
import { awsManagedPolicies, awsManagedPolicy, policyProblem } from '../../../../src/aws/index.ts'

const all = [...awsManagedPolicies.values()]

test('every managed policy has an id of its own and a document that IAM takes', () => {
  expect(new Set(all.map(policy => policy.policyId)).size).toBe(all.length)
  expect(all.filter(policy => policyProblem(policy.document, 'identity') !== undefined)).toEqual([])
  expect(all.filter(policy => !/^ANPA[A-Z2-7]{17}$/.test(policy.policyId))).toEqual([])
})

test.each([
  'AdministratorAccess',
  'PowerUserAccess',
  'ReadOnlyAccess',
  'job-function/ViewOnlyAccess',
  'SecurityAudit',
  'AWSLambda_FullAccess',
  'AWSLambda_ReadOnlyAccess',
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaSQSQueueExecutionRole',
  'AmazonS3FullAccess',
  'AmazonDynamoDBFullAccess',
  'AmazonSSMReadOnlyAccess',
  'SecretsManagerReadWrite',
  'CloudWatchLogsFullAccess',
  'AmazonCognitoPowerUser',
  'AmazonSNSFullAccess',
  'AmazonSQSFullAccess',
  'AmazonSESFullAccess',
  'AmazonKinesisFullAccess',
  'AmazonEventBridgeFullAccess',
  'AWSXRayDaemonWriteAccess',
])('%s is known by its ARN', name => {
  expect(awsManagedPolicy(`arn:aws:iam::aws:policy/${name}`)?.policyName).toBe(name.replace(/^.*\//, ''))
})
