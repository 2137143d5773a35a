// `npm run models`: writes src/aws/models/<id>.json from the schemas that the pinned @aws-sdk/client-* export.
// What those schemas lack (lengths, ranges, patterns, enums, integer kinds, errors per operation, unsigned operations)
// is read from botocore's service data, which pip puts into a temporary directory: facts of AWS's API, no dependency.
// `npm run models -- --botocore DIR` takes an unpacked botocore that is already there.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { extractModel } from './models/extract.mjs'

const BOTOCORE = '1.43.107'

/** Service id (also the AWS CLI's name for it) → the SDK package that carries its schemas. */
const packages = {
  apigateway: 'api-gateway',
  apigatewaymanagementapi: 'apigatewaymanagementapi',
  apigatewayv2: 'apigatewayv2',
  cloudformation: 'cloudformation',
  cloudwatch: 'cloudwatch',
  'cognito-identity': 'cognito-identity',
  'cognito-idp': 'cognito-identity-provider',
  dynamodb: 'dynamodb',
  dynamodbstreams: 'dynamodb-streams',
  events: 'eventbridge',
  iam: 'iam',
  kms: 'kms',
  lambda: 'lambda',
  logs: 'cloudwatch-logs',
  s3: 's3',
  scheduler: 'scheduler',
  secretsmanager: 'secrets-manager',
  ses: 'ses',
  sesv2: 'sesv2',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  sts: 'sts',
}

const require = createRequire(import.meta.url)
const models = fileURLToPath(new URL('../src/aws/models', import.meta.url))

/** @param {string} root @param {string} id */
function botocoreModel(root, id) {
  const folder = join(root, 'botocore/data', id)
  const newest = readdirSync(folder).sort().at(-1) ?? ''
  return JSON.parse(gunzipSync(readFileSync(join(folder, newest, 'service-2.json.gz'))).toString('utf8'))
}

/** One line per operation and shape, so that a new SDK version shows a readable difference. @param {any} model */
function print(model) {
  const { operations, shapes, ...facts } = model
  /** @param {Record<string, unknown>} table */
  const lines = table =>
    Object.keys(table)
      .sort()
      .map(name => `    ${JSON.stringify(name)}: ${JSON.stringify(table[name])}`)
      .join(',\n')
  const head = Object.entries(facts).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`,
  )
  return `{\n${head.join('')}  "operations": {\n${lines(operations)}\n  },\n  "shapes": {\n${lines(shapes)}\n  }\n}\n`
}

const given = process.argv.indexOf('--botocore')
const temporary = given < 0 ? mkdtempSync(join(tmpdir(), 'lambdarium-models-')) : undefined
const botocore = temporary ?? process.argv[given + 1] ?? ''
try {
  if (temporary !== undefined) {
    const install = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-deps',
      '--target',
      temporary,
      `botocore==${BOTOCORE}`,
    ]
    execFileSync('python3', install, { stdio: 'inherit' })
  }
  mkdirSync(models, { recursive: true })
  let operations = 0
  const index = []
  for (const [id, name] of Object.entries(packages)) {
    const sdk = require(`@aws-sdk/client-${name}`)
    const version = require(`@aws-sdk/client-${name}/package.json`).version
    const model = extractModel(id, sdk, botocoreModel(botocore, id), { sdk: version, botocore: BOTOCORE })
    const text = print(model)
    writeFileSync(join(models, `${id}.json`), text)
    const { operations: _operations, shapes: _shapes, versions: _versions, ...face } = model
    index.push(JSON.stringify(face))
    operations += Object.keys(model.operations).length
    console.log(
      `${id}: ${Object.keys(model.operations).length} operations, ${(text.length / 1024).toFixed(0)} KB`,
    )
  }
  writeFileSync(join(models, 'index.json'), `[\n${index.join(',\n')}\n]\n`)
  console.log(`${Object.keys(packages).length} services, ${operations} operations`)
} finally {
  if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true })
}
