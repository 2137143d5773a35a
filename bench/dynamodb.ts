import { type Contestant, contestants } from './dynamodb/contestants.ts'
import { createTable, rawRequest, type Scenario, scenarios, seedBodies } from './dynamodb/requests.ts'
import { measureSizes } from './dynamodb/sizes.ts'
import type { MeasuredProcess } from './support/process.ts'
import { sendRaw } from './support/raw-load.ts'

interface Measured {
  readonly perSecond: number
  /** Server CPU per request, microseconds. */
  readonly cpu: number
}

/** A contestant that runs and has the table. */
interface Running {
  readonly name: string
  readonly process: MeasuredProcess
  send(operation: string, bodies: readonly object[], count: number): Promise<number>
}

const connections = 16

/** Everybody is measured so often, one after the other; the middle one counts. */
const turns = 3

async function startOne({ name, start }: Contestant): Promise<Running> {
  const { process, base } = await start()
  const send = async (operation: string, bodies: readonly object[], count: number): Promise<number> => {
    const requests = bodies.map(body => rawRequest(base, operation, body))
    const { seconds, failures } = await sendRaw(base, requests, connections, count)
    if (failures > 0) throw new Error(`${name}: ${failures} of ${count} ${operation} failed`)
    return count / seconds
  }
  await send('CreateTable', [createTable], 1)
  const seeds = seedBodies()
  await send('BatchWriteItem', seeds, seeds.length)
  return { name, process, send }
}

const median = (values: readonly Measured[]): Measured => {
  const middle = [...values].sort((a, b) => a.cpu - b.cpu)[Math.floor(values.length / 2)]
  if (middle === undefined) throw new Error('nothing was measured')
  return middle
}

/** One scenario for all: warmed up by the same number of requests, then measured in turns. */
async function compare(
  running: readonly Running[],
  { operation, body, count, warmUp }: Scenario,
  share: number,
): Promise<Map<string, Measured>> {
  const bodies = Array.from({ length: Math.min(2000, count) }, (_, n) => body(n))
  for (const { send } of running) await send(operation, bodies, Math.ceil(warmUp * share))
  const found = new Map<string, Measured[]>(running.map(({ name }) => [name, []]))
  const each = Math.ceil(count * share)
  for (let turn = 0; turn < turns; turn++) {
    for (const { name, process, send } of running) {
      const before = process.cpuSeconds()
      const perSecond = await send(operation, bodies, each)
      found.get(name)?.push({ perSecond, cpu: ((process.cpuSeconds() - before) / each) * 1e6 })
    }
  }
  return new Map([...found].map(([name, values]) => [name, median(values)]))
}

/** DynamoDB's commonest requests over raw HTTP, beside dynalite; `[SHARE=1] [NAME…]` does so much of the work. */
export async function run(args: string[]): Promise<void> {
  const share = Number(args[0] ?? 1)
  const chosen = contestants().filter(({ name }) => args.length < 2 || args.slice(1).includes(name))
  const running: Running[] = []
  try {
    for (const contestant of chosen) running.push(await startOne(contestant))
    console.log(`${'CPU µs per request'.padEnd(20)}${chosen.map(({ name }) => name.padStart(16)).join('')}`)
    for (const scenario of scenarios) {
      const measured = await compare(running, scenario, share)
      const cells = running.map(({ name }) => {
        const { cpu, perSecond } = measured.get(name) ?? { cpu: Number.NaN, perSecond: Number.NaN }
        return `${cpu.toFixed(0)} (${perSecond.toFixed(0)}/s)`.padStart(16)
      })
      console.log(`${scenario.name.padEnd(20)}${cells.join('')}${verdict(scenario, measured)}`)
    }
    for (const { name, process } of running)
      console.log(`${name.padEnd(16)} ${process.residentMegabytes().toFixed(0)} MB afterwards`)
  } finally {
    for (const { process } of running) await process.stop()
  }
  if (args.length < 2) await measureSizes()
}

function verdict({ target }: Scenario, measured: ReadonlyMap<string, Measured>): string {
  const peer = measured.get('dynalite')
  const own = ['memory', 'lmdb'].flatMap(name => measured.get(name) ?? [])
  if (peer === undefined || own.length === 0) return ''
  const ratios = own.map(({ cpu }) => peer.cpu / cpu)
  const words = ratios.map(ratio => ratio.toFixed(1)).join(' and ')
  return `  ${words} × dynalite, target ${target}: ${ratios.every(ratio => ratio >= target) ? 'reached' : 'missed'}`
}
