import { expect, test } from 'vitest'
import { createJournal } from '../../../src/journal/index.ts'
import { createActivityTracker, createRandomIds } from '../../../src/ports/index.ts'
import { mappingDefaults, startMapping } from '../../../src/triggers/index.ts'
import { createManualClock } from '../../support/manual-clock.ts'

test('the shard after one that could not be left is read all the same', async () => {
  const clock = createManualClock()
  const ids = createRandomIds()
  const warnings: string[] = []
  let heard = (_shard: string): void => {}
  const readChild = new Promise<string>(resolve => {
    heard = resolve
  })
  const running = await startMapping(
    {
      streams: {
        current: async () => 'stream',
        shards: async () => [{ id: 'parent' }, { id: 'child', parentId: 'parent' }],
        latest: async () => '0',
        async read(_, shardId) {
          if (shardId === 'child') heard(shardId)
          return { records: [], isOver: shardId === 'parent' }
        },
        follow: () => () => {},
      },
      checkpoints: {
        get: async () => undefined,
        put: async () => {},
        forget: async () => {},
        claim: async () => true,
        async leave(_, shard) {
          if (shard === 'parent') throw new Error('the store is away')
        },
      },
      functions: {
        invoke: async () => {
          throw new Error('there is nothing to invoke for')
        },
      },
      clock,
      ids,
      journal: createJournal({ clock, ids }),
      activity: createActivityTracker(),
      log: { debug() {}, info() {}, warn: (_, message) => void warnings.push(message ?? ''), error() {} },
      deliver: async () => {},
    },
    {
      ...mappingDefaults,
      uuid: 'mapping',
      eventSourceArn: 'stream',
      functionName: 'f',
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      startingPosition: 'TRIM_HORIZON',
    },
  )
  expect(await readChild).toBe('child')
  expect(warnings).toEqual(['A shard could not be left'])
  await running.stop()
})
