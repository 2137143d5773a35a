import { expect, test } from 'vitest'
import { functionLines } from '../../src/cli/print/function-lines.ts'
import { durationText, requestLine } from '../../src/cli/print/request-line.ts'
import { routeTable } from '../../src/cli/print/route-table.ts'
import { shellText } from '../../src/cli/print/shell-text.ts'
import { findingLines } from '../../src/cli/print/start-screen.ts'
import { createStyle, padVisible } from '../../src/cli/print/style.ts'

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
