import type { Pool, PoolClient } from 'pg'
import type { Store, Writer } from '../store.ts'
import { Fetched } from './fetched.ts'
import { beginWriting, clearRows, createSchema, writeRows } from './rows.ts'
import { type BatchOutcome, type Outcome, runBatch, tryBatch } from './run-batch.ts'

/** Every statement walks the primary key; without statistics of a young table the planner would read it whole. */
const planner = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off'

/** Transactions that share a commit at most. */
const largestBatch = 256

interface Waiting {
  readonly run: (writer: Writer) => unknown
  readonly settle: (outcome: Outcome) => void
}

function unwrap(outcome: Outcome): unknown {
  if (outcome.ended === 'badly') throw outcome.error
  return outcome.result
}

/** Runs `work` in a transaction of one client; it is rolled back when `work` throws. */
async function inTransaction<Result>(
  pool: Pool,
  begin: (client: PoolClient) => Promise<unknown>,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    await begin(client)
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // The connection is given up with whatever it was in the middle of; the server rolls back.
    client.release(true)
    throw error
  }
}

/**
 * A store in PostgreSQL, for several simulators on one database.
 *
 * Transactions that wait while one commits share the next commit. Across simulators an advisory lock keeps them
 * serial; readers see a snapshot and never wait.
 */
export async function openPostgresStore(url: string): Promise<Store> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: url, options: planner, max: 8, allowExitOnIdle: true })
  // A connection that breaks is replaced, and the statement that needed it rejects: nobody else has to hear of it.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  try {
    const client = await pool.connect()
    await createSchema(client).finally(() => client.release())
  } catch (error) {
    await pool.end()
    throw error
  }

  const queue: Waiting[] = []
  let committing: Promise<void> | undefined
  let running = false
  let closed: Promise<void> | undefined

  const enter = (): void => {
    if (closed !== undefined) throw new Error('the store is closed')
    if (running) throw new Error('a transaction must not use the store, only its writer')
  }
  const guarded =
    (run: (writer: Writer) => unknown) =>
    (writer: Writer): unknown => {
      running = true
      try {
        return run(writer)
      } finally {
        running = false
      }
    }

  async function commitBatch(batch: readonly Waiting[]): Promise<void> {
    let outcomes: readonly Outcome[]
    try {
      outcomes = await inTransaction(pool, beginWriting, async client => {
        const done = await runBatch(
          client,
          batch.map(({ run }) => run),
        )
        await writeRows(client, done.changes)
        return done.outcomes
      })
    } catch (cause) {
      const error = new Error('the store could not write', { cause })
      outcomes = batch.map(() => ({ ended: 'badly', error }))
    }
    for (const [at, { settle }] of batch.entries())
      settle(outcomes[at] ?? { ended: 'badly', error: new Error('no outcome') })
  }

  async function commitAll(): Promise<void> {
    while (queue.length > 0) await commitBatch(queue.splice(0, largestBatch))
    committing = undefined
  }

  /** One statement sees one state of the database; what needs several reads them in a transaction. */
  async function batchOfOne(run: (writer: Writer) => unknown): Promise<BatchOutcome> {
    const fetched = new Fetched()
    const unasked = tryBatch([run], fetched)
    if (unasked !== undefined) return unasked
    if (fetched.statements === 1) {
      await fetched.load(pool)
      const done = tryBatch([run], fetched)
      if (done !== undefined) return done
    }
    return inTransaction(
      pool,
      client => client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
      client => runBatch(client, [run]),
    )
  }

  async function read(run: (writer: Writer) => unknown): Promise<unknown> {
    const { outcomes } = await batchOfOne(run)
    return unwrap(outcomes[0] ?? { ended: 'badly', error: new Error('no outcome') })
  }

  return {
    read: <Result>(run: (reader: Writer) => Result) => {
      enter()
      return read(guarded(run)) as Promise<Result>
    },
    async transaction<Result>(run: (writer: Writer) => Result) {
      enter()
      const outcome = await new Promise<Outcome>(settle => {
        queue.push({ run: guarded(run), settle })
        // The queue is looked at after this turn, so that all of the turn's transactions share the commit.
        committing ??= Promise.resolve().then(commitAll)
      })
      return unwrap(outcome) as Result
    },
    async clear(prefix) {
      enter()
      await inTransaction(pool, beginWriting, client => clearRows(client, prefix))
    },
    close() {
      closed ??= (async () => {
        await committing
        await pool.end()
      })()
      return closed
    },
  }
}
