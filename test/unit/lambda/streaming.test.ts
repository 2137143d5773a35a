import { expect, test } from 'vitest'
import { answerOf, createHarness } from './harness.ts'

// https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html

/** The stream's text, chunk by chunk. */
function collector(): { readonly chunks: string[]; readonly onChunk: (chunk: Uint8Array) => void } {
  const chunks: string[] = []
  return { chunks, onChunk: chunk => chunks.push(Buffer.from(chunk).toString()) }
}

test('chunks arrive as they are written', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.mjs': `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.setContentType('text/plain')
  for (const part of event.parts) { stream.write(part); await new Promise(r => setTimeout(r, 20)) }
  stream.end()
})`,
    }),
  )
  const { chunks, onChunk } = collector()
  const result = await harness.invoke({ parts: ['a', 'b', 'c'] }, { onChunk })
  expect([chunks, result.functionError, result.payload.length]).toEqual([['a', 'b', 'c'], undefined, 0])
  // Who does not want a stream gets all of it at once.
  const buffered = await harness.invoke({ parts: ['x', 'y'] })
  expect(Buffer.from(buffered.payload).toString()).toBe('xy')
})

test('HTTP metadata comes before the body', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.mjs': `import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'X-A': 'b' } })
  await pipeline(Readable.from(['hello ', 'world']), http)
})`,
    }),
  )
  const seen: unknown[] = []
  const result = await harness.invoke(
    {},
    {
      onStreamMetadata: metadata => seen.push(metadata),
      onChunk: chunk => seen.push(Buffer.from(chunk).toString()),
    },
  )
  const metadata = { statusCode: 201, headers: { 'X-A': 'b' } }
  expect(seen).toEqual([metadata, 'hello ', 'world'])
  expect(result.streamMetadata).toEqual(metadata)
  const raw = await harness.invoke({})
  expect(Buffer.from(raw.payload).toString()).toBe(`${JSON.stringify(metadata)}${'\0'.repeat(8)}hello world`)
})

test('an error after the first chunk ends the stream and is told', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define({
      'index.mjs': `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.write('begun'); await new Promise(r => setTimeout(r, 20)); throw new Error('broken')
})`,
    }),
  )
  const { chunks, onChunk } = collector()
  const result = await harness.invoke({}, { onChunk })
  expect([chunks, answerOf(result), result.functionError]).toEqual([
    ['begun'],
    { errorType: 'Error', errorMessage: 'broken', trace: expect.any(Array) as string[] },
    'Unhandled',
  ])
})

test.each([
  [
    'it is not async',
    '(event, stream) => { stream.end() }',
    'Streaming does not support non-async handlers.',
  ],
  [
    'it forgets the end',
    `async (event, stream) => { stream.write('x') }`,
    'Response stream is not finished.',
  ],
])('a streaming handler is wrong when %s', async (_what, handler, errorMessage) => {
  const harness = createHarness()
  harness.deploy(
    harness.define({ 'index.mjs': `export const handler = awslambda.streamifyResponse(${handler})` }),
  )
  const { onChunk } = collector()
  const result = await harness.invoke({}, { onChunk })
  expect([answerOf(result), result.functionError]).toEqual([
    { errorType: 'string', errorMessage, trace: [] },
    'Unhandled',
  ])
})

test('a large stream passes with its bytes in order', async () => {
  const harness = createHarness()
  harness.deploy(
    harness.define(
      {
        'index.mjs': `import { once } from 'node:events'
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  for (let i = 0; i < 160; i++) if (!stream.write(Buffer.alloc(65536, i))) await once(stream, 'drain')
  stream.end()
})`,
      },
      { timeout: 20, memorySize: 512 },
    ),
  )
  let size = 0
  let ordered = true
  await harness.invoke(
    {},
    {
      onChunk: chunk => {
        if (chunk[0] !== Math.floor(size / 65_536)) ordered = false
        size += chunk.length
      },
    },
  )
  expect([size, ordered]).toEqual([160 * 65_536, true])
})
