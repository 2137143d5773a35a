import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import request from 'supertest'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../src/index.ts'

async function start(name: string) {
  const simulator = await createSimulator({
    project: fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)),
  })
  onTestFinished(() => simulator.stop())
  return simulator
}

const hasPython = spawnSync('python3', ['--version']).status === 0

test.skipIf(!hasPython)('python (needs python3)', async () => {
  const { api } = await start('python')
  await request(api)
    .get('/dev/orders/7')
    .expect(200, { id: '7', lines: { tea: 2, cake: 1 }, cents: 920 })
  await request(api).get('/dev/orders/8').expect(404, { message: 'No order 8' })
})

test('authorizer', async () => {
  const { api } = await start('authorizer')
  const as = (token: string) => request(api).get('/dev/secret').set('Authorization', token)
  await as('Bearer open').expect(200, { for: 'user-open', plan: 'gold' })
  await as('Bearer stranger').expect(401, { message: 'Unauthorized' })
  await as('Bearer NOT').expect(401, { message: 'Unauthorized' })
  await request(api).get('/dev/secret').expect(401, { message: 'Unauthorized' })
  const closed = await as('Bearer closed').expect(403)
  expect(closed.body).toEqual({
    Message: 'User is not authorized to access this resource with an explicit deny',
  })
})

test('dynamodb-without-functions', async () => {
  const { api } = await start('dynamodb-without-functions')
  await request(api).post('/dev/comments').send({ page: 'home', message: `It's "fine"` }).expect(200, {})
  await request(api)
    .get('/dev/comments/home')
    .expect(200, { comments: [`It's "fine"`], count: 1 })
})

test('word-count', async () => {
  const simulator = await start('word-count')
  const s3 = new S3Client(simulator.clientConfig())
  await s3.send(new PutObjectCommand({ Bucket: 'texts', Key: 'a poem.txt', Body: 'A rose is a rose.' }))
  await simulator.idle()
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'counts', Key: 'a poem.json' }))
  expect(JSON.parse((await Body?.transformToString()) ?? '')).toEqual({ a: 2, rose: 2, is: 1 })
  s3.destroy()
})
