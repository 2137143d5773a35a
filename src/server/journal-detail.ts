import { Readable } from 'node:stream'
import { WholeBody } from '../lib/index.ts'

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
