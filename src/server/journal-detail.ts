import { Readable } from 'node:stream'
import { WholeBody } from '../lib/index.ts'
import { DeferredDetail } from '../ports/index.ts'
import type { CallPlan } from './call-plan.ts'

/** The journal keeps bytes rather than values: they are one object to the garbage collector. */
export function readAgain({ codec, operation }: CallPlan, body: Uint8Array): DeferredDetail {
  return new DeferredDetail(body.length, () =>
    codec.decode(operation, { method: 'POST', path: '/', query: [], headers: {}, labels: {}, body }),
  )
}

/** The journal keeps what it is given, and a stream would keep its whole request. */
export function keepable(input: unknown): unknown {
  const given = input as Record<string, unknown>
  let kept: Record<string, unknown> | undefined
  for (const name in given)
    if (given[name] instanceof Readable || given[name] instanceof WholeBody) {
      kept ??= { ...given }
      kept[name] = '(stream)'
    }
  return kept ?? given
}
