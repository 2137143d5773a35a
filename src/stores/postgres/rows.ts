import type { ClientBase, Pool } from 'pg'
import type { Bytes } from '../store.ts'

/** What statements run on: the pool for one statement, a client inside a transaction. */
export type Connection = Pick<ClientBase | Pool, 'query'>

/** A key as a string of one character per byte, with its table. */
export interface RowKey {
  readonly table: string
  readonly key: string
}

/** A range of rows to fetch; bounds are keys as strings of one character per byte. */
export interface RowRange {
  readonly table: string
  readonly from: string
  readonly to: string | undefined
  readonly reverse: boolean
  readonly limit: number
}

/**
 * An index row of PostgreSQL holds 2,704 bytes, a key here up to 4,026. So a key is its first 2,000 bytes and a tail,
 * which nearly always is empty; the index has the tail's digest for uniqueness, and rows of one head are sorted by tail.
 */
const headLength = 2000

const schema = `
  CREATE TABLE IF NOT EXISTS lambdarium_rows (
    tbl text COLLATE "C" NOT NULL,
    head bytea NOT NULL,
    tail bytea NOT NULL,
    digest bytea NOT NULL GENERATED ALWAYS AS (CASE WHEN length(tail) = 0 THEN tail ELSE sha256(tail) END) STORED,
    value bytea NOT NULL,
    PRIMARY KEY (tbl, head, digest)
  )`

/** All writers of one database wait for this lock, so that transactions are serial without being tried again. */
const writerLock = 5_263_841_207

const headOf = (key: string): Buffer => Buffer.from(key.slice(0, headLength), 'latin1')
const tailOf = (key: string): Buffer => Buffer.from(key.slice(headLength), 'latin1')
const keyOf = (row: { readonly head: Buffer; readonly tail: Buffer }): string =>
  row.head.toString('latin1') + row.tail.toString('latin1')

/** Begins a transaction of which there is one at a time. */
export const beginWriting = (client: ClientBase): Promise<unknown> =>
  client.query(`BEGIN; SELECT pg_advisory_xact_lock(${writerLock})`)

/** Makes the table where it is missing. */
export async function createSchema(client: ClientBase): Promise<void> {
  await beginWriting(client)
  await client.query(schema)
  await client.query('COMMIT')
}

/** The rows of those keys that are there, by `table` and `key`. */
export async function fetchRows(
  connection: Connection,
  keys: readonly RowKey[],
): Promise<readonly (RowKey & { readonly value: Bytes })[]> {
  const { rows } = await connection.query({
    name: 'lambdarium-get',
    text: `SELECT r.tbl, r.head, r.tail, r.value
      FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS w(tbl, head, tail)
      JOIN lambdarium_rows r ON r.tbl = w.tbl AND r.head = w.head AND r.tail = w.tail`,
    values: [
      keys.map(({ table }) => table),
      keys.map(({ key }) => headOf(key)),
      keys.map(({ key }) => tailOf(key)),
    ],
  })
  return rows.map(row => ({ table: row.tbl, key: keyOf(row), value: row.value }))
}

/** The rows of a range, in its order. */
export async function fetchRange(
  connection: Connection,
  { table, from, to, reverse, limit }: RowRange,
): Promise<readonly (readonly [string, Bytes])[]> {
  const bound = to === undefined ? '' : 'AND head <= $5 AND (head < $5 OR tail < $6)'
  const order = reverse ? 'DESC' : 'ASC'
  const { rows } = await connection.query({
    name: `lambdarium-range-${order}-${to === undefined ? 'open' : 'bounded'}`,
    text: `SELECT head, tail, value FROM lambdarium_rows
      WHERE tbl = $1 AND head >= $2 AND (head > $2 OR tail >= $3) ${bound}
      ORDER BY head ${order}, tail ${order} LIMIT $4`,
    values: [table, headOf(from), tailOf(from), limit, ...(to === undefined ? [] : [headOf(to), tailOf(to)])],
  })
  return rows.map(row => [keyOf(row), row.value] as const)
}

/** Writes and removes rows; a value of undefined removes. */
export async function writeRows(
  client: ClientBase,
  changes: readonly (RowKey & { readonly value: Bytes | undefined })[],
): Promise<void> {
  const columns = (rows: readonly RowKey[]): unknown[] => [
    rows.map(({ table }) => table),
    rows.map(({ key }) => headOf(key)),
    rows.map(({ key }) => tailOf(key)),
  ]
  const removed = changes.filter(({ value }) => value === undefined)
  const put = changes.filter(({ value }) => value !== undefined)
  if (removed.length > 0)
    await client.query({
      name: 'lambdarium-remove',
      text: `DELETE FROM lambdarium_rows r USING unnest($1::text[], $2::bytea[], $3::bytea[]) AS w(tbl, head, tail)
        WHERE r.tbl = w.tbl AND r.head = w.head AND r.tail = w.tail`,
      values: columns(removed),
    })
  if (put.length > 0)
    await client.query({
      name: 'lambdarium-put',
      text: `INSERT INTO lambdarium_rows (tbl, head, tail, value)
        SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bytea[])
        ON CONFLICT (tbl, head, digest) DO UPDATE SET value = excluded.value`,
      values: [...columns(put), put.map(({ value }) => value)],
    })
}

/** Removes all rows of the tables whose name begins with `prefix`. */
export async function clearRows(client: ClientBase, prefix: string): Promise<void> {
  await client.query('DELETE FROM lambdarium_rows WHERE starts_with(tbl, $1)', [prefix])
}
