import { expect, test } from 'vitest'
import { createActivityTracker } from '../../../src/ports/index.ts'

test('idle waits for what goes on and for what follows from it', async () => {
  const activity = createActivityTracker()
  const seen: string[] = []
  const end = activity.begin('request')
  setImmediate(() => {
    seen.push('request ends')
    end()
    setImmediate(() => {
      const endFollower = activity.begin('trigger')
      setImmediate(() => {
        seen.push('trigger ends')
        endFollower()
        endFollower()
      })
    })
  })
  expect(activity.active()).toEqual({ request: 1 })
  await activity.idle()
  expect(seen).toEqual(['request ends', 'trigger ends'])
  expect(activity.active()).toEqual({})
})

test('ending twice counts once', async () => {
  const activity = createActivityTracker()
  const first = activity.begin('a')
  activity.begin('a')
  first()
  first()
  expect(activity.active()).toEqual({ a: 1 })
})
