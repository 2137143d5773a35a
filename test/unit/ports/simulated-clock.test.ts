import { expect, test } from 'vitest'
import { createActivityTracker, createSimulatedClock, millisecondsOf } from '../../../src/ports/index.ts'

test('a duration adds up its parts', () => {
  expect(millisecondsOf({ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5 })).toBe(93_784_005)
  expect(millisecondsOf({})).toBe(0)
})

test('advance runs what is due in order of time, each at its own time, also what is set on the way', async () => {
  const clock = createSimulatedClock()
  const start = clock.now()
  const ran: string[] = []
  const at = (name: string) => ran.push(`${name} ${Math.floor((clock.now() - start) / 60_000)}`)
  clock.after(millisecondsOf({ minutes: 30 }), () => {
    at('late')
    clock.after(millisecondsOf({ minutes: 10 }), () => at('set on the way'))
    clock.after(millisecondsOf({ minutes: 60 }), () => at('not due'))
  })
  clock.after(millisecondsOf({ minutes: 5 }), () => at('early'))
  clock.after(millisecondsOf({ minutes: 5 }), () => at('early too'))
  const cancel = clock.after(millisecondsOf({ minutes: 6 }), () => at('cancelled'))
  cancel()
  cancel()
  await clock.advance({ hours: 1 })
  expect(ran).toEqual(['early 5', 'early too 5', 'late 30', 'set on the way 40'])
  expect(Math.floor((clock.now() - start) / 3_600_000)).toBe(1)
  clock.stop()
})

test('advance waits after each timer for what it set going', async () => {
  const activity = createActivityTracker()
  const clock = createSimulatedClock(() => activity.idle())
  const ran: string[] = []
  for (const name of ['a', 'b'])
    clock.after(1_000, () => {
      const end = activity.begin(name)
      ran.push(`${name} begins`)
      setImmediate(() => {
        ran.push(`${name} ends`)
        end()
      })
    })
  await Promise.all([clock.advance({ seconds: 1 }), clock.advance({ seconds: 1 })])
  expect(ran).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('timers fire in real time too, and a reset keeps what was left of them', async () => {
  const clock = createSimulatedClock()
  await clock.advance({ days: 30 })
  const fired = new Promise<string>(resolve => {
    clock.after(5, () => resolve('fired'))
  })
  clock.reset()
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000)
  // The alarm does not keep a process alive, so something else has to.
  const alive = setInterval(() => {}, 1_000)
  expect(await fired).toBe('fired')
  clearInterval(alive)
})

test('a failing timer fails the advance that ran it, not the next', async () => {
  const clock = createSimulatedClock()
  clock.after(1_000, () => {
    throw new Error('schedule broke')
  })
  await expect(clock.advance({ seconds: 2 })).rejects.toThrow('schedule broke')
  await clock.advance({ seconds: 2 })
})
