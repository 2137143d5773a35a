import { expect, test } from 'vitest'
import { answerOf, createHarness } from './harness.ts'

/** Laid out as aws-sdk 2.1693.0 is: one configuration for all clients, which reads no AWS_ENDPOINT_URL. */
const sdk = {
  'node_modules/aws-sdk/package.json': '{"name":"aws-sdk","version":"2.1693.0","main":"lib/aws.js"}',
  'node_modules/aws-sdk/lib/core.js': `exports.config = { options: {}, update(options) { Object.assign(this.options, options) } }`,
  'node_modules/aws-sdk/global.js': `module.exports = require('./lib/core')`,
  'node_modules/aws-sdk/clients/s3.js': `const core = require('../lib/core'); module.exports = class S3 { constructor() { this.options = { ...core.config.options } } }`,
  'node_modules/aws-sdk/lib/aws.js': `module.exports = require('./core'); module.exports.S3 = require('../clients/s3')`,
}

test.each([
  [
    'the whole SDK',
    {
      'index.js': `const AWS = require('aws-sdk'); const s3 = new AWS.S3(); exports.handler = async () => s3.options`,
    },
  ],
  [
    'one client',
    {
      'index.js': `const S3 = require('aws-sdk/clients/s3'); const s3 = new S3(); exports.handler = async () => s3.options`,
    },
  ],
  [
    'an import',
    {
      'index.mjs': `import AWS from 'aws-sdk'; const s3 = new AWS.S3(); export const handler = async () => s3.options`,
    },
  ],
  ['late', { 'index.js': `exports.handler = async () => new (require('aws-sdk').S3)().options` }],
])('SDK version 2 finds the simulator: %s', async (_what, files) => {
  const harness = createHarness()
  harness.deploy(harness.define({ ...sdk, ...files }))
  expect(answerOf(await harness.invoke({}))).toEqual({
    endpoint: 'http://127.0.0.1:4566',
    s3ForcePathStyle: true,
  })
})

test('modules that the simulator shares are found last', async () => {
  const shared = createHarness()
  const folder = `${shared.define(sdk, { name: 'shared' }).codeDirectory}/node_modules`
  const harness = createHarness({ sharedModules: [folder] })
  harness.deploy(
    harness.define({
      'index.js': `exports.handler = async () => new (require('aws-sdk').S3)().options.s3ForcePathStyle`,
    }),
  )
  expect(answerOf(await harness.invoke({}))).toBe(true)
})
