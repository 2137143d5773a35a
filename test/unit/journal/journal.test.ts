import { expect, test } from 'vitest'
import { createJournal, createOutbox, type JournalFilter } from '../../../src/journal/index.ts'
import { createCountedIds } from '../../support/counted-ids.ts'
import { createManualClock } from '../../support/manual-clock.ts'

function journalOf(options: { capacity?: number; weight?: number } = {}) {
  const clock = createManualClock(1_000)
  return { clock, journal: createJournal({ clock, ids: createCountedIds(), ...options }) }
}

test('a record holds subject, stages, outcome and times', () => {
  const { clock, journal } = journalOf()
  const entry = journal.begin('request', { method: 'GET', path: '/dev/greeting' })
  clock.move(2)
  entry.stage('integration request', { event: '{}' })
  clock.move(3)
  entry.finish({ status: 200 })
  entry.finish({ status: 500 })
  expect(JSON.parse(JSON.stringify(journal.records()))).toEqual([
    {
      id: entry.id,
      kind: 'request',
      time: 1_000,
      subject: { method: 'GET', path: '/dev/greeting' },
      stages: [{ name: 'integration request', at: 2, detail: { event: '{}' } }],
      outcome: { status: 200 },
      duration: 5,
    },
  ])
})

test('records are found by kind, subject, outcome, age and by what led to them', () => {
  const { clock, journal } = journalOf()
  const request = journal.begin('request', { method: 'PUT', path: '/a' })
  clock.move(10)
  const event = journal.begin('event', { type: 'ObjectCreated' }, request.id)
  const invocation = journal.begin('invocation', { function: 'thumbnail' }, event.id)
  const other = journal.begin('invocation', { function: 'other' })
  invocation.finish({ status: 200 })
  const ids = (filter: JournalFilter) => journal.records(filter).map(record => record.id)
  expect(ids({ function: 'thumbnail' })).toEqual([invocation.id])
  expect(ids({ status: '200' })).toEqual([invocation.id])
  expect(ids({ kind: 'invocation' })).toEqual([invocation.id, other.id])
  expect(ids({ trace: request.id })).toEqual([request.id, event.id, invocation.id])
  expect(ids({ trace: request.id, kind: 'invocation' })).toEqual([invocation.id])
  expect(ids({ cause: event.id })).toEqual([invocation.id])
  expect(ids({ since: 1_010, limit: 2 })).toEqual([invocation.id, other.id])
  expect(ids({ nothing: 'has this' })).toEqual([])
})

test('the ring keeps the newest records, and of these what fits', () => {
  const { journal } = journalOf({ capacity: 3, weight: 20_000 })
  const subjects = () => journal.records().map(record => record.subject['number'])
  for (let number = 0; number < 5; number++) journal.begin('call', { number }).finish({})
  expect(subjects()).toEqual([2, 3, 4])
  const large = journal.begin('call', { number: 5 })
  large.stage('body', { body: Buffer.alloc(19_700) })
  large.finish({})
  expect(subjects()).toEqual([5])
  journal.clear()
  expect(subjects()).toEqual([])
  large.finish({})
  journal.begin('call', { number: 6 })
  expect(subjects()).toEqual([6])
})

test('bytes are copied and read when somebody looks, as long as newer ones leave them', () => {
  const { journal } = journalOf({ capacity: 100, weight: 40_000 })
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
  const details = () =>
    journal.records().map(({ stages: [stage] }) => JSON.parse(JSON.stringify(stage?.detail)) as string)
  const sent = Buffer.from('as it was')
  const entry = journal.begin('call', {})
  entry.bytes('input', sent, text)
  sent.fill(0)
  journal.begin('call', {}).bytes('input', Buffer.alloc(0), text)
  const large = journal.begin('call', {})
  large.bytes('input', Buffer.alloc(6_000, 'l'), text)
  expect(details()).toEqual(['as it was', '', 'l'.repeat(6_000)])
  const slow = journal.begin('call', {})
  slow.bytes('input', Buffer.from('slow'), text)
  for (let number = 0; number < 30; number++) {
    const next = journal.begin('call', {})
    next.bytes('input', Buffer.alloc(3_000, String.fromCharCode(65 + number)), text)
    next.finish({})
  }
  const kept = details()
  expect(kept.slice(-10)).toEqual(
    Array.from({ length: 10 }, (_, n) => String.fromCharCode(85 + n).repeat(3_000)),
  )
  slow.finish({})
  expect(JSON.stringify(slow)).toContain('(no longer kept)')
})

test('subscribers hear of finished records until they cancel', () => {
  const { journal } = journalOf()
  const heard: unknown[] = []
  const cancel = journal.subscribe(record => heard.push([record.subject, record.outcome]))
  journal.begin('event', { a: 1 }).finish({ b: 2 })
  cancel()
  journal.begin('event', { a: 3 }).finish({ b: 4 })
  expect(heard).toEqual([[{ a: 1 }, { b: 2 }]])
})

test('the outbox keeps what would have left the machine', () => {
  const outbox = createOutbox(2)
  const place = { source: 'ses', account: '000000000000', region: 'us-east-1', time: 1 }
  outbox.take({ ...place, type: 'ObjectCreated', detail: {} })
  for (const to of ['a@example.com', 'b@example.com', 'c@example.com'])
    outbox.take({ ...place, type: 'outbox:email', detail: { to } })
  expect(outbox.messages()).toEqual([
    { ...place, id: '2', channel: 'email', detail: { to: 'b@example.com' } },
    { ...place, id: '3', channel: 'email', detail: { to: 'c@example.com' } },
  ])
  expect(outbox.messages({ channel: 'email', to: 'c@example.com' }).map(message => message.id)).toEqual(['3'])
  expect(outbox.messages({ channel: 'sms' })).toEqual([])
})
