import type { DomainEvent } from '../ports/index.ts'

/** Something that AWS would have sent out into the world: an e-mail, an SMS, a push message, a code. */
export interface OutboxMessage {
  readonly id: string
  /** `email`, `sms` …: what follows `outbox:` in the event's type. */
  readonly channel: string
  /** The service that sent it. */
  readonly source: string
  readonly account: string
  readonly region: string
  /** The simulator's time, milliseconds since 1970. */
  readonly time: number
  readonly detail: Readonly<Record<string, unknown>>
}

/** What was sent, for tests and for people to look at; nothing leaves the machine. */
export interface Outbox {
  /** Keeps `event` if its type begins with `outbox:`. */
  take(event: DomainEvent): void
  /** Oldest first; every member given must equal that of the message or of its detail. */
  messages(filter?: Readonly<Record<string, string>>): OutboxMessage[]
  clear(): void
}

const prefix = 'outbox:'

/** Makes an outbox that remembers the newest `capacity` messages. */
export function createOutbox(capacity = 1_000): Outbox {
  let kept: OutboxMessage[] = []
  let count = 0
  return {
    take({ type, source, account, region, time, detail }) {
      if (!type.startsWith(prefix)) return
      kept.push({
        id: String(++count),
        channel: type.slice(prefix.length),
        source,
        account,
        region,
        time,
        detail,
      })
      if (kept.length > capacity) kept.shift()
    },
    messages: (filter = {}) =>
      kept.filter(message =>
        Object.entries(filter).every(
          ([key, wanted]) => String(message[key as keyof OutboxMessage] ?? message.detail[key]) === wanted,
        ),
      ),
    clear() {
      kept = []
    },
  }
}
