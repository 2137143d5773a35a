import { once } from 'node:events'
import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { answerOf, createHarness } from './harness.ts'

test('a debugger attaches, and then no timeout runs', async () => {
  const urls: string[] = []
  const log = {
    debug() {},
    info: (fields: object) => urls.push((fields as { url: string }).url),
    warn() {},
    error() {},
  }
  const harness = createHarness({ inspect: { port: 0 }, log })
  harness.deploy(
    harness.define(
      {
        'index.js': `exports.handler = async e => { await new Promise(r => setTimeout(r, e.wait)); return 'slow' }`,
      },
      { timeout: 1 },
    ),
  )
  const first = await harness.invoke({ wait: 1 })
  expect(first.log).not.toContain('Debugger')
  const url = new URL(urls[0] ?? '')
  expect(url.protocol).toBe('ws:')
  // What a debugger does first: it asks for a WebSocket.
  const upgrade = request({
    host: url.hostname,
    port: url.port,
    path: url.pathname,
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version': '13',
    },
  }).end()
  const [, socket] = (await once(upgrade, 'upgrade')) as [unknown, { destroy(): void }]
  onTestFinished(() => socket.destroy())
  const result = await harness.invoke({ wait: 1500 })
  expect([answerOf(result), result.functionError]).toEqual(['slow', undefined])
  expect(result.log).not.toContain('Debugger')
})

test('without a debugger the timeout holds, even where one may come', async () => {
  const harness = createHarness({ inspect: { port: 0 } })
  harness.deploy(harness.define({ 'index.js': 'exports.handler = () => { for (;;) {} }' }, { timeout: 1 }))
  expect(answerOf(await harness.invoke({}))).toMatchObject({ errorType: 'Sandbox.Timedout' })
})
