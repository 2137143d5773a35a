import type { Logger } from '../ports/index.ts'

/** What goes wrong again and again is said once, and that it is over is said too. */
export interface Troubles {
  note(error: unknown, message: string): void
  over(): void
}

/** Makes the troubles of one task; `subject` stands with each message. */
export function createTroubles(log: Logger, subject: object): Troubles {
  let last: string | undefined
  return {
    note(error, message) {
      const text = error instanceof Error ? error.message : String(error)
      if (text === last) log.debug({ err: error, ...subject }, message)
      else log.error({ err: error, ...subject }, message)
      last = text
    },
    over() {
      if (last !== undefined) log.info(subject, 'That is over')
      last = undefined
    },
  }
}
