import { createJournal } from '../src/journal/index.ts'
import { createRandomIds, createSimulatedClock } from '../src/ports/index.ts'

/** What the journal costs one request: a record with three stages, and one listener. */
export async function run(): Promise<void> {
  const journal = createJournal({ clock: createSimulatedClock(), ids: createRandomIds() })
  let heard = 0
  journal.subscribe(() => heard++)
  const body = Buffer.from(
    JSON.stringify({ name: 'Ada', items: Array.from({ length: 20 }, (_, id) => ({ id })) }),
  )
  const request = (): void => {
    const entry = journal.begin('request', { door: 'api', method: 'POST', path: '/dev/orders' })
    entry.stage('method request', { headers: { host: 'localhost', accept: '*/*' }, body })
    entry.stage('integration request', { template: 'orders.vtl', event: '{"name":"Ada"}' })
    entry.stage('integration response', { status: 200, payload: body })
    entry.finish({ status: 200, function: 'orders' })
  }
  for (let count = 0; count < 50_000; count++) request()
  const started = process.hrtime.bigint()
  const rounds = 200_000
  for (let count = 0; count < rounds; count++) request()
  const micros = Number(process.hrtime.bigint() - started) / 1_000 / rounds
  console.log(`journal: ${micros.toFixed(2)} µs per request with three stages (${heard} records)`)
}
