import { expect, test } from 'vitest'
import { createEventReader } from '../../src/cli/print/event-facts.ts'
import { eventLine } from '../../src/cli/print/event-line.ts'
import { functionLines } from '../../src/cli/print/function-lines.ts'
import type { ShownRecord } from '../../src/cli/print/live-view.ts'
import { durationText, requestLine } from '../../src/cli/print/request-line.ts'
import { routeTable } from '../../src/cli/print/route-table.ts'
import { shellText } from '../../src/cli/print/shell-text.ts'
import { findingLines } from '../../src/cli/print/start-screen.ts'
import { createStyle, padVisible } from '../../src/cli/print/style.ts'
import { triggerRows } from '../../src/cli/print/trigger-rows.ts'
import { tableTriggerSchema } from '../../src/config/schema-triggers.ts'

const plain = createStyle(false)
const color = createStyle(true)

test('of many routes the first are shown and the rest counted', () => {
  const routes = Array.from({ length: 5 }, (_, at) => ({
    method: at === 0 ? 'DELETE' : 'GET',
    path: `/dev/${'x'.repeat(at)}/{id}`,
    target: 'f',
    type: 'aws',
    access: at === 1 ? 'IAM' : '',
  }))
  expect(routeTable(routes, plain, { rows: 3 })).toEqual([
    'DELETE  /dev//{id}    → f  aws',
    'GET     /dev/x/{id}   → f  aws  IAM',
    'GET     /dev/xx/{id}  → f  aws',
    '… and 2 more: lambdarium routes',
  ])
})

test('triggers stand in the columns of routes; those that do not fire are left to the report', () => {
  const rows = triggerRows([
    { bucket: 'photos', function: 'thumb', events: ['s3:ObjectCreated:*'], prefix: 'in/', suffix: '.jpg' },
    { bucket: 'logs', function: 'sweep', events: ['s3:ObjectRemoved:Delete', 's3:ObjectAcl:Put'] },
    tableTriggerSchema.parse({ table: 'orders', function: 'bill', enabled: false }),
    { topic: 'news', function: 'thumb' },
  ])
  expect(routeTable(rows, plain)).toEqual([
    'S3      photos/in/*.jpg  ObjectCreated:*          → thumb',
    'S3      logs  ObjectRemoved:Delete ObjectAcl:Put  → sweep',
    'STREAM  orders                                    → bill     disabled',
  ])
})

test('an event that reached a function is one line', () => {
  const read = createEventReader()
  const at = { time: new Date(2026, 0, 1, 9, 5, 7).getTime(), stages: [] }
  const line = (record: Omit<ShownRecord, 'time' | 'stages'>): string | undefined => {
    const facts = read({ ...at, ...record })
    return facts && eventLine(facts, plain, 80)
  }
  const object = { source: 's3', notification: 'ObjectCreated:Put', bucket: 'photos', key: 'a.jpg' }
  expect(line({ id: '1', kind: 'event', subject: object, outcome: { delivered: 1 } })).toBeUndefined()
  const invocation = { function: 'thumb', requestId: 'r', type: 'Event' }
  expect(
    line({ id: '2', cause: '1', kind: 'invocation', subject: invocation, outcome: {}, duration: 12 }),
  ).toBe('09:05:07  S3       photos/a.jpg  ObjectCreated:Put      ok    12 ms  thumb')
  expect(
    line({ id: '3', kind: 'invocation', subject: invocation, outcome: { functionError: 'Unhandled' } }),
  ).toBe('09:05:07  EVENT    invocation r                        err   0.0 ms  thumb')
  const eventSourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000'
  const batch = { source: 'aws:dynamodb', eventSourceArn, functionName: 'bill', records: 3, attempt: 2 }
  expect(line({ id: '4', kind: 'event', subject: batch, outcome: { outcome: 'failure' }, duration: 5 })).toBe(
    '09:05:07  STREAM   orders  3 records                   err   5.0 ms  bill  attempt 2',
  )
  expect(line({ id: '5', kind: 'invocation', subject: { ...invocation, type: 'RequestResponse' } })).toBe(
    undefined,
  )
})

test('colour does not disturb the columns', () => {
  const painted = padVisible(color.red('GET'), 6)
  expect(painted).toBe('\u001b[31mGET\u001b[39m   ')
})

test('findings: the gravest first, the rest counted', () => {
  const finding = (severity: 'error' | 'warning' | 'info', message: string) => ({
    severity,
    code: 'x',
    message,
  })
  const findings = [finding('info', 'c'), finding('warning', 'b'), { ...finding('error', 'a'), hint: 'do' }]
  expect(findingLines(findings, plain, 2)).toEqual([
    '',
    '  ✖ a',
    '    → do',
    '  ▲ b',
    '  … and 1 more: lambdarium validate',
  ])
  expect(findingLines([], plain)).toEqual([])
})

test('a request line, with its explanation indented', () => {
  const facts = {
    time: new Date(2026, 0, 1, 9, 5, 7).getTime(),
    method: 'POST',
    path: `/dev/${'long'.repeat(40)}`,
    status: 400,
    milliseconds: 1.25,
    answeredBy: 'orders',
    explanation: 'no JSON\n> 1 | x',
  }
  expect(requestLine(facts, plain, 80).split('\n')).toEqual([
    `09:05:07  POST     /dev/${'long'.repeat(7)}…  400   1.3 ms  orders`,
    '          ↳ no JSON',
    '            > 1 | x',
  ])
  expect([0.04, 9.94, 9.96, 999.4, 1_000, 65_432].map(durationText)).toEqual([
    '0.0 ms',
    '9.9 ms',
    '10 ms',
    '999 ms',
    '1.0 s',
    '65.4 s',
  ])
})

test("functions' lines lose what Lambda adds, errors keep their author's frames", () => {
  const at = '2026-11-20T12:25:16.473Z\tce5f417a-1862-4376-83c6-afd621ec7a52\t'
  const error = {
    errorType: 'TypeError',
    errorMessage: 'boo',
    stack: [
      'TypeError: boo',
      '    at handler (/p/index.ts:1:4)',
      '    at x (node:events:5:2)',
      '    at y (file:///d/assets/node-invoke.mjs:1:1)',
    ],
  }
  const messages = [
    'INIT_START Runtime Version: x\n',
    'START RequestId: 1 Version: $LATEST\n',
    `${at}INFO\thello\nworld\n`,
    `${at}ERROR\tInvoke Error \t${JSON.stringify(error)}\n`,
    'printed by itself\n',
    'END RequestId: 1\n',
    'REPORT RequestId: 1\n',
  ]
  expect(functionLines(messages, plain, false)).toEqual([
    'hello',
    'world',
    'TypeError: boo',
    '    at handler (/p/index.ts:1:4)',
    'printed by itself',
  ])
  expect(functionLines(messages, plain, true)).toHaveLength(8)
})

test('values are quoted for each shell', () => {
  const variables = { PLAIN: 'http://127.0.0.1:4566', ODD: `it's "$5" \\` }
  expect(shellText(variables, 'sh')).toBe(`export PLAIN=http://127.0.0.1:4566\nexport ODD='it'\\''s "$5" \\'`)
  expect(shellText(variables, 'fish').split('\n')[1]).toBe(`set -gx ODD 'it\\'s "$5" \\\\';`)
  expect(shellText(variables, 'powershell').split('\n')[1]).toBe(`$env:ODD = 'it''s "$5" \\'`)
  expect(shellText(variables, 'dotenv').split('\n')[1]).toBe(`ODD="it's \\"$5\\" \\\\"`)
})
