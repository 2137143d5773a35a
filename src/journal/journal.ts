import type { Cancel, Clock, Ids, Journal, JournalEntry, JournalKind } from '../ports/index.ts'
import { ByteRing, type KeptBytes, whole } from './byte-ring.ts'
import { DeferredDetail } from './deferred-detail.ts'
import { type JournalFilter, type JournalRecord, type JournalStage, matchesFilter } from './record.ts'
import { weightOf } from './weight.ts'

/** The journal together with the ways to read it. */
export interface RecordedJournal extends Journal {
  /** The records that match, oldest first. */
  records(filter?: JournalFilter): JournalRecord[]
  /** Calls `listener` with each record that is finished from now on; its deferred details are made when it is read. */
  subscribe(listener: (record: JournalRecord) => void): Cancel
  clear(): void
}

/** How much the journal remembers: the newest records, and of these what fits. */
export interface JournalOptions {
  readonly clock: Clock
  readonly ids: Ids
  /** Records. */
  readonly capacity?: number
  /** Bytes that all kept details together may keep alive. */
  readonly weight?: number
}

/** What is larger is kept as it is: it would push too much out of the ring. */
const largestCopied = 64 * 1024

const noStages: readonly JournalStage[] = []

/** An open record; a class because it lives on between `begin` and `finish`, and thousands are made per second. */
class OpenRecord implements JournalEntry, JournalRecord {
  readonly id: string
  readonly kind: JournalKind
  declare readonly cause?: string
  readonly time: number
  readonly subject: Readonly<Record<string, unknown>>
  stages: readonly JournalStage[] = noStages
  declare outcome?: Readonly<Record<string, unknown>>
  declare duration?: number
  readonly #started: number
  readonly #clock: Clock
  readonly #finished: (record: OpenRecord) => void
  readonly #keep: (bytes: Uint8Array) => KeptBytes

  constructor(
    id: string,
    kind: JournalKind,
    subject: Readonly<Record<string, unknown>>,
    cause: string | undefined,
    clock: Clock,
    finished: (record: OpenRecord) => void,
    keep: (bytes: Uint8Array) => KeptBytes,
  ) {
    this.id = id
    this.kind = kind
    if (cause !== undefined) this.cause = cause
    this.time = clock.now()
    this.subject = subject
    this.#clock = clock
    this.#started = clock.elapsed()
    this.#finished = finished
    this.#keep = keep
  }

  bytes(name: string, bytes: Uint8Array, read: (bytes: Uint8Array) => unknown): void {
    this.stage(name, new DeferredDetail(this.#keep(bytes), read))
  }

  stage(name: string, detail: unknown): void {
    const stage = { name, at: this.#clock.elapsed() - this.#started, detail }
    if (this.stages === noStages) this.stages = [stage]
    else (this.stages as JournalStage[]).push(stage)
  }

  /** Makes what was deferred; called before anybody gets to see the record. */
  reveal(): this {
    this.stages.forEach(({ name, at, detail }, index) => {
      if (detail instanceof DeferredDetail)
        (this.stages as JournalStage[])[index] = { name, at, detail: detail.make() }
    })
    return this
  }

  finish(outcome: Readonly<Record<string, unknown>>): void {
    if (this.outcome !== undefined) return
    this.outcome = outcome
    this.duration = this.#clock.elapsed() - this.#started
    this.#finished(this)
  }
}

/** Makes the journal: a ring of the newest records, bounded in number and in bytes, and whoever listens. */
export function createJournal({
  clock,
  ids,
  capacity = 1_000,
  weight = 8 * 1024 * 1024,
}: JournalOptions): RecordedJournal {
  // One random part per journal and a counter: unique across restarts, and no random number per request.
  const prefix = ids.token(8, '0123456789abcdefghijklmnopqrstuvwxyz')
  const spanPrefix = ids.token(8, '0123456789abcdef')
  const kept: (OpenRecord | undefined)[] = new Array(capacity)
  const weights = new Float64Array(capacity)
  const listeners = new Set<(record: JournalRecord) => void>()
  let count = 0
  let oldest = 0
  let total = 0
  const ring = new ByteRing(weight)
  const keep = (bytes: Uint8Array): KeptBytes =>
    bytes.length > Math.min(largestCopied, weight / 8) ? whole(bytes) : ring.keep(bytes, total)

  const slotOf = (record: OpenRecord): number => {
    const number = Number.parseInt(record.id.slice(prefix.length + 1), 36)
    const slot = number % capacity
    return kept[slot] === record ? slot : -1
  }
  const evict = (slot: number): void => {
    kept[slot] = undefined
    total -= weights[slot] ?? 0
    weights[slot] = 0
  }
  const finished = (record: OpenRecord): void => {
    const slot = slotOf(record)
    if (slot !== -1) {
      let bytes = weightOf(record.subject) + weightOf(record.outcome)
      for (const stage of record.stages) bytes += weightOf(stage.detail)
      weights[slot] = bytes
      total += bytes
      while (total > weight && oldest < count) evict(oldest++ % capacity)
    }
    for (const listener of listeners) listener(record)
  }
  const all = function* (): Generator<OpenRecord> {
    for (let number = Math.max(oldest, count - capacity); number < count; number++) {
      const record = kept[number % capacity]
      if (record !== undefined) yield record
    }
  }

  return {
    begin(kind, subject, cause) {
      const record = new OpenRecord(
        `${prefix}-${count.toString(36)}`,
        kind,
        subject,
        cause,
        clock,
        finished,
        keep,
      )
      const slot = count % capacity
      if (kept[slot] !== undefined) evict(slot)
      kept[slot] = record
      count++
      if (count - oldest > capacity) oldest = count - capacity
      return record
    },
    spanOf(id) {
      const number = Number.parseInt(id.slice(prefix.length + 1), 36)
      return spanPrefix + (number % 2 ** 32).toString(16).padStart(8, '0')
    },
    causeOf(header) {
      const at = header?.indexOf(`Parent=${spanPrefix}`) ?? -1
      if (header === undefined || at === -1) return undefined
      const from = at + 'Parent='.length + spanPrefix.length
      const number = Number.parseInt(header.slice(from, from + 8), 16)
      return Number.isNaN(number) ? undefined : `${prefix}-${number.toString(36)}`
    },
    records(filter = {}) {
      const { trace, limit } = filter
      const led = new Set<string | undefined>([trace])
      const found: JournalRecord[] = []
      for (const record of all()) {
        if (trace !== undefined) {
          if (record.id !== trace && !(record.cause !== undefined && led.has(record.cause))) continue
          led.add(record.id)
        }
        if (matchesFilter(record, filter)) found.push(record.reveal())
      }
      return limit === undefined ? found : found.slice(Math.max(0, found.length - limit))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      kept.fill(undefined)
      weights.fill(0)
      total = 0
      oldest = count
    },
  }
}
