import { refuseAsynchronous } from '../refuse-asynchronous.ts'
import type { Bytes, Writer } from '../store.ts'
import { Fetched } from './fetched.ts'
import { Overlay } from './overlay.ts'
import type { Connection, RowKey } from './rows.ts'

/** How one function ended. */
export type Outcome =
  | { readonly ended: 'well'; readonly result: unknown }
  | { readonly ended: 'badly'; readonly error: unknown }

/** What a batch of functions answered and wrote. */
export interface BatchOutcome {
  readonly outcomes: readonly Outcome[]
  readonly changes: readonly (RowKey & { readonly value: Bytes | undefined })[]
}

/** A database that changes under the functions would keep them running for ever. */
const mostRounds = 10_000

/** Runs every function once, in order, over what is known. */
function pass(runs: readonly ((writer: Writer) => unknown)[], overlay: Overlay): Outcome[] {
  return runs.map((run): Outcome => {
    try {
      return { ended: 'well', result: overlay.run(writer => refuseAsynchronous(run(writer))) }
    } catch (error) {
      return { ended: 'badly', error }
    }
  })
}

/** Runs every function over what is known; undefined where one asked for more, which `fetched` has noted. */
export function tryBatch(
  runs: readonly ((writer: Writer) => unknown)[],
  fetched: Fetched,
): BatchOutcome | undefined {
  const overlay = new Overlay(fetched)
  const outcomes = pass(runs, overlay)
  return fetched.isIncomplete ? undefined : { outcomes, changes: [...overlay.changes()] }
}

/**
 * Runs functions one after the other over one state of the database.
 *
 * A function that asks for what is not fetched yet goes on with "not there", so that it asks for as much as it can;
 * then everything is fetched and all run again, until a pass has asked for nothing new. Only that pass counts.
 */
export async function runBatch(
  connection: Connection,
  runs: readonly ((writer: Writer) => unknown)[],
): Promise<BatchOutcome> {
  const fetched = new Fetched()
  for (let round = 0; round < mostRounds; round++) {
    const done = tryBatch(runs, fetched)
    if (done !== undefined) return done
    await fetched.load(connection)
  }
  throw new Error(`a function still asks for more after ${mostRounds} rounds`)
}
