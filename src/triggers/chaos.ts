import type { Ids } from '../ports/index.ts'

/** Faults that AWS's deliveries have and nobody meets on one machine: the configuration's `chaos`. */
export interface Chaos {
  /** Share of events that are delivered twice, 0 to 1. */
  readonly duplicate?: number | undefined
  /** Milliseconds that an event is late at most. */
  readonly delay?: number | undefined
  /** Whether events may overtake each other. */
  readonly reorder?: boolean | undefined
}

/** How one event reaches one target: after how many milliseconds, one number for each time that it is delivered. */
export type DeliveryPlan = readonly number[]

/** Events that may overtake each other need some room for it. */
const roomForReordering = 50

/** Plans deliveries; without chaos each is made once and at once. Times keep their order unless `reorder` is set. */
export function createDeliveryPlanner(
  { duplicate = 0, delay = 0, reorder = false }: Chaos,
  ids: Pick<Ids, 'bytes'>,
  now: () => number,
): () => DeliveryPlan {
  const random = (): number => Buffer.from(ids.bytes(4)).readUInt32BE(0) / 2 ** 32
  let last = Number.NEGATIVE_INFINITY
  const wait = (): number => {
    const present = now()
    const longest = reorder ? Math.max(delay, roomForReordering) : delay
    const due = present + Math.round(random() * longest)
    if (reorder) return due - present
    last = Math.max(last, due)
    return last - present
  }
  if (duplicate === 0 && delay === 0 && !reorder) return () => [0]
  return () => (random() < duplicate ? [wait(), wait()] : [wait()])
}
