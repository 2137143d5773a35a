import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { collectBody } from '../../../../../src/services/s3/objects/collect-body.ts'

const pieces = (...texts: string[]): Buffer[] => texts.map(text => Buffer.from(text))

async function* generated(): AsyncIterable<Buffer> {
  yield* pieces('a', 'bc')
}

test('a body is collected from a stream and from anything else that yields its pieces', async () => {
  expect(await collectBody(Readable.from(pieces('a', 'bc'), { objectMode: false }), 3)).toEqual(
    Buffer.from('abc'),
  )
  expect(await collectBody(generated(), 3)).toEqual(Buffer.from('abc'))
})

test('a body that is longer than it was said to be is refused, not collected', async () => {
  const refusal = { code: 'IncompleteBody', statusCode: 400 }
  const stream = Readable.from(pieces('a', 'bc', 'd'), { objectMode: false })
  await expect(collectBody(stream, 2)).rejects.toMatchObject(refusal)
  await expect(collectBody(generated(), 2)).rejects.toMatchObject(refusal)
})

test('a body whose client has gone already fails, as does one whose client goes', async () => {
  const gone = new Readable({ read() {} })
  gone.destroy()
  await new Promise(resolve => gone.once('close', resolve))
  await expect(collectBody(gone, 10)).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' })
  const broken = new Readable({ read() {} })
  broken.once('error', () => {})
  broken.destroy(new Error('broken'))
  await new Promise(resolve => broken.once('close', resolve))
  await expect(collectBody(broken, 10)).rejects.toThrow('broken')
  const going = new Readable({ read() {} })
  const collected = collectBody(going, 10)
  going.destroy()
  await expect(collected).rejects.toThrow('the client went away')
})
