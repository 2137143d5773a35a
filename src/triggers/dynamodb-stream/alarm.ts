import type { Activity, Cancel, Clock } from '../../ports/index.ts'

/** A poller's sleep: it is woken by news or by the clock, and counts as activity only while it is awake. */
export interface Alarm {
  /** There may be something to do. */
  wake(): void
  /** Sleeps until `wake`, or until so many simulated milliseconds have gone by. */
  sleep(milliseconds?: number): Promise<void>
  /** Sleeps for a time, whatever news comes. */
  rest(milliseconds: number): Promise<void>
  /** Sleeps for real milliseconds, whatever news comes. */
  pause(milliseconds: number): Promise<void>
  /** Ends every sleep for good. */
  stop(): void
  readonly stopped: boolean
}

/** Makes an alarm that is awake at first. */
export function createAlarm(clock: Clock, activity: Activity, label: string): Alarm {
  let awake: (() => void) | undefined = activity.begin(label)
  let news = false
  let stopped = false
  let resume: (() => void) | undefined
  let deaf = false

  const rise = (): void => {
    const go = resume
    if (go === undefined) return
    resume = undefined
    awake ??= activity.begin(label)
    go()
  }
  const doze = (milliseconds: number | undefined, wait = clock.after): Promise<void> =>
    new Promise(resolve => {
      let cancel: Cancel = () => {}
      resume = () => {
        cancel()
        resolve()
      }
      awake?.()
      awake = undefined
      if (milliseconds !== undefined) cancel = wait(milliseconds, rise)
    })

  return {
    get stopped() {
      return stopped
    },
    wake() {
      news = true
      if (!deaf) rise()
    },
    async sleep(milliseconds) {
      if (stopped) return
      if (!news) await doze(milliseconds)
      news = false
    },
    async rest(milliseconds) {
      if (stopped) return
      deaf = true
      await doze(milliseconds)
      deaf = false
    },
    async pause(milliseconds) {
      if (stopped) return
      deaf = true
      await doze(milliseconds, clock.deadline)
      deaf = false
    },
    stop() {
      stopped = true
      rise()
      awake?.()
      awake = undefined
    },
  }
}
