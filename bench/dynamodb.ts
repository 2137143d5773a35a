import { type Contestant, contestants } from './dynamodb/contestants.ts'
import { createTable, rawRequest, scenarios, seedBodies } from './dynamodb/requests.ts'
import { sendRaw } from './support/raw-load.ts'

interface Measured {
  readonly perSecond: number
  /** Server CPU per request, microseconds. */
  readonly cpu: number
}

const connections = 16

/** Runs every scenario against one server; an error in an answer ends the benchmark. */
async function measure(
  contestant: Contestant,
  share: number,
): Promise<{ results: Measured[]; megabytes: number }> {
  const { process, base } = await contestant.start()
  const send = async (operation: string, bodies: readonly object[], count: number) => {
    const requests = bodies.map(body => rawRequest(base, operation, body))
    const { seconds, failures } = await sendRaw(base, requests, connections, count)
    if (failures > 0) throw new Error(`${contestant.name}: ${failures} of ${count} ${operation} failed`)
    return count / seconds
  }
  try {
    await send('CreateTable', [createTable], 1)
    const seeds = seedBodies()
    await send('BatchWriteItem', seeds, seeds.length)
    const results: Measured[] = []
    for (const { operation, body, count: full } of scenarios) {
      const count = Math.ceil(full * share)
      const bodies = Array.from({ length: Math.min(2000, count) }, (_, n) => body(n))
      await send(operation, bodies, Math.ceil(count / 4))
      const before = process.cpuSeconds()
      const perSecond = await send(operation, bodies, count)
      results.push({ perSecond, cpu: ((process.cpuSeconds() - before) / count) * 1e6 })
    }
    return { results, megabytes: process.residentMegabytes() }
  } finally {
    await process.stop()
  }
}

/** DynamoDB's commonest requests over raw HTTP, beside dynalite; `[SHARE=1] [NAME…]` does so much of the work. */
export async function run(args: string[]): Promise<void> {
  const share = Number(args[0] ?? 1)
  const chosen = contestants().filter(({ name }) => args.length < 2 || args.slice(1).includes(name))
  const measured = new Map<string, Measured[]>()
  for (const contestant of chosen) {
    const { results, megabytes } = await measure(contestant, share)
    measured.set(contestant.name, results)
    console.log(`${contestant.name.padEnd(16)} ${megabytes.toFixed(0)} MB afterwards`)
  }
  console.log(`\n${'CPU µs per request'.padEnd(20)}${chosen.map(({ name }) => name.padStart(16)).join('')}`)
  const peer = measured.get('dynalite')
  for (const [index, { name, target }] of scenarios.entries()) {
    const cells = chosen.map(one => {
      const found = measured.get(one.name)?.[index]
      return `${found?.cpu.toFixed(0)} (${found?.perSecond.toFixed(0)}/s)`.padStart(16)
    })
    const [own, theirs] = [measured.get('memory')?.[index], peer?.[index]]
    const ratio = own === undefined || theirs === undefined ? undefined : theirs.cpu / own.cpu
    const verdict =
      ratio === undefined
        ? ''
        : `  ${ratio.toFixed(1)} × dynalite, target ${target}: ${ratio >= target ? 'reached' : 'missed'}`
    console.log(`${name.padEnd(20)}${cells.join('')}${verdict}`)
  }
}
