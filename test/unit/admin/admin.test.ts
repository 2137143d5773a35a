import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createAdmin } from '../../../src/admin/index.ts'
import { createJournal, createOutbox } from '../../../src/journal/index.ts'
import { createActivityTracker, createSimulatedClock } from '../../../src/ports/index.ts'
import { createCountedIds } from '../../support/counted-ids.ts'

function adminOf() {
  const activity = createActivityTracker()
  const clock = createSimulatedClock()
  const journal = createJournal({ clock, ids: createCountedIds() })
  const outbox = createOutbox()
  const resets: string[] = []
  const admin = createAdmin({
    version: '1.2.3',
    about: () => ({ account: '000000000000' }),
    services: () => ({ s3: 'running' }),
    journal,
    outbox,
    clock,
    idle: () => activity.idle(),
    active: () => activity.active(),
    reset: async () => {
      resets.push('reset')
    },
    allowsOrigin: origin => origin === 'http://localhost:5173',
  })
  const call = async (method: string, rawUrl: string, headers: Record<string, string> = {}, body = '') => {
    const reply = await admin.handle({ method, rawUrl, headers, body: Buffer.from(body) })
    return { status: reply.status, body: reply.body === '' ? '' : JSON.parse(String(reply.body)) }
  }
  return { admin, activity, clock, journal, outbox, resets, call }
}

test('health, also as LocalStack writes it', async () => {
  const { call } = adminOf()
  expect(await call('GET', '/_lambdarium/health')).toEqual({
    status: 200,
    body: { status: 'running', version: '1.2.3', account: '000000000000', services: { s3: 'running' } },
  })
  expect(await call('GET', '/_localstack/health')).toEqual({
    status: 200,
    body: { services: { s3: 'running' }, edition: 'community', version: '1.2.3' },
  })
  expect(await call('HEAD', '/_localstack/health')).toEqual({ status: 200, body: '' })
})

test('what is no endpoint, and what an endpoint does not take', async () => {
  const { call, admin } = adminOf()
  expect((await call('GET', '/_lambdarium/nothing')).status).toBe(404)
  expect(await call('GET', '/_lambdarium/reset')).toEqual({
    status: 405,
    body: { error: '/_lambdarium/reset takes POST' },
  })
  expect(['/_lambdarium/health', '/_localstack/health', '/bucket/_lambdarium'].map(admin.owns)).toEqual([
    true,
    true,
    false,
  ])
})

test('pages of other origins change nothing', async () => {
  const { call, resets } = adminOf()
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ])
    expect((await call('POST', '/_lambdarium/reset', headers)).status).toBe(403)
  expect(resets).toEqual([])
  expect((await call('POST', '/_lambdarium/reset', { origin: 'http://localhost:5173' })).status).toBe(200)
  expect((await call('POST', '/_lambdarium/reset')).status).toBe(200)
  expect(resets).toEqual(['reset', 'reset'])
})

test('idle waits, and says what it waits for when it gives up', async () => {
  const { call, activity } = adminOf()
  const end = activity.begin('thumbnail')
  expect(await call('POST', '/_lambdarium/idle?timeout=0')).toEqual({
    status: 408,
    body: { idle: false, active: { thumbnail: 1 } },
  })
  expect((await call('GET', '/_lambdarium/idle?timeout=soon')).status).toBe(400)
  const waiting = call('GET', '/_lambdarium/idle')
  end()
  expect(await waiting).toEqual({ status: 200, body: { idle: true } })
})

test('the clock moves on and back', async () => {
  const { call, clock } = adminOf()
  let ran = false
  clock.after(3_000_000, () => {
    ran = true
  })
  const before = clock.now()
  const moved = await call('POST', '/_lambdarium/clock', {}, '{"advance":{"hours":1}}')
  expect(moved.status).toBe(200)
  expect(Math.floor((moved.body.now - before) / 3_600_000)).toBe(1)
  expect(moved.body.time).toBe(new Date(moved.body.now).toISOString())
  expect(ran).toBe(true)
  for (const bad of [
    '',
    'null',
    '{}',
    '{"advance":{}}',
    '{"advance":{"hour":1}}',
    '{"advance":{"hours":-1}}',
    '{"advance":5}',
  ])
    expect((await call('POST', '/_lambdarium/clock', {}, bad)).status).toBe(400)
  expect((await call('DELETE', '/_lambdarium/clock')).body.now).toBeLessThan(moved.body.now)
})

test('the journal is listed with bytes as text, and followed', async () => {
  const { call, admin, journal } = adminOf()
  const entry = journal.begin('invocation', { function: 'greeting' })
  entry.stage('event', { payload: Buffer.from('{"name":"Ada"}'), raw: Uint8Array.of(255, 0) })
  entry.finish({ status: 200 })
  journal.begin('invocation', { function: 'other' })
  const { body } = await call('GET', '/_lambdarium/journal?function=greeting&limit=5')
  expect(body.records.map((record: { stages: { detail: unknown }[] }) => record.stages[0]?.detail)).toEqual([
    { payload: '{"name":"Ada"}', raw: { base64: '/wA=' } },
  ])
  expect((await call('GET', '/_lambdarium/journal?limit=x')).status).toBe(400)

  const end = new AbortController()
  const followed = await admin.handle({
    method: 'GET',
    rawUrl: '/_lambdarium/journal?function=next',
    headers: { accept: 'text/event-stream' },
    body: new Uint8Array(),
    signal: end.signal,
  })
  const next = journal.begin('invocation', { function: 'next' })
  next.finish({ status: 202 })
  const stream = followed.body as PassThrough
  expect(stream).toBeInstanceOf(PassThrough)
  expect(String(stream.read())).toContain(`id: ${next.id}\ndata: {"id":"${next.id}"`)
  const closed = new Promise(resolve => stream.once('close', resolve))
  end.abort()
  await closed

  expect((await call('DELETE', '/_lambdarium/journal')).body).toEqual({ records: [] })
})

test('the outbox is listed and emptied', async () => {
  const { call, outbox } = adminOf()
  outbox.take({
    source: 'ses',
    type: 'outbox:email',
    account: '1',
    region: 'r',
    time: 0,
    detail: { to: 'a@b.c' },
  })
  expect((await call('GET', '/_lambdarium/outbox?to=a@b.c')).body.messages).toHaveLength(1)
  expect((await call('DELETE', '/_lambdarium/outbox')).body).toEqual({ messages: [] })
})
