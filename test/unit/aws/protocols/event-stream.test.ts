import { InvokeWithResponseStreamCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { AwsError, defineService } from '../../../../src/aws/index.ts'
import { decodeEvent, encodeEvent } from '../../../../src/aws/protocols/event-stream.ts'
import { startDoor } from '../../../support/aws-door.ts'

const message = { headers: { ':event-type': 'PayloadChunk', ü: '' }, payload: Buffer.from('hello') }

test('a frame is what the format says, byte for byte', () => {
  // Lengths 16 + 0 + 0, checksum of the prelude, checksum of all: the format's smallest message.
  expect(Buffer.from(encodeEvent({ headers: {}, payload: new Uint8Array(0) })).toString('hex')).toBe(
    '000000100000000005c248eb7d98c8ff',
  )
  expect(decodeEvent(encodeEvent(message))).toEqual(message)
})

test('a frame with any byte changed, or cut, is refused', () => {
  const frame = encodeEvent(message)
  for (let index = 0; index < frame.length; index++) {
    const changed = Uint8Array.from(frame)
    changed[index] = (changed[index] ?? 0) ^ 1
    expect(() => decodeEvent(changed)).toThrow(RangeError)
    expect(() => decodeEvent(frame.subarray(0, index))).toThrow(RangeError)
  }
})

test('a function streams, and an error after the first chunk is an event', async () => {
  const lambda = defineService({
    id: 'lambda',
    createState: () => ({}),
    operations: {
      InvokeWithResponseStream: (_context, { FunctionName }: { FunctionName: string }) => {
        async function* events() {
          yield { PayloadChunk: { Payload: Buffer.from('a') } }
          if (FunctionName === 'breaks') throw new AwsError('ServiceException', 'it broke')
          yield { PayloadChunk: { Payload: Buffer.from('b') } }
          yield { InvokeComplete: { ErrorCode: 'Unhandled', ErrorDetails: '{}' } }
        }
        return { StatusCode: 200, ExecutedVersion: '$LATEST', EventStream: events() }
      },
    },
  })
  const { clientConfig } = await startDoor({ services: [lambda] })
  const client = new LambdaClient(clientConfig())
  const read = async (FunctionName: string): Promise<unknown[]> => {
    const { EventStream, ExecutedVersion } = await client.send(
      new InvokeWithResponseStreamCommand({ FunctionName }),
    )
    expect(ExecutedVersion).toBe('$LATEST')
    const found: unknown[] = []
    for await (const event of EventStream ?? [])
      found.push(
        event.PayloadChunk === undefined ? event : Buffer.from(event.PayloadChunk.Payload ?? []).toString(),
      )
    return found
  }
  expect(await read('fine')).toEqual([
    'a',
    'b',
    { InvokeComplete: { ErrorCode: 'Unhandled', ErrorDetails: '{}' } },
  ])
  await expect(read('breaks')).rejects.toMatchObject({ message: expect.stringContaining('it broke') })
})
