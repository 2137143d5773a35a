import { measureLoad } from '../support/load.ts'
import { type Contestant, presigned, rawRequest, send } from './contestants.ts'

/** One kind of request, sent by all contestants alike. */
export interface Scenario {
  readonly name: string
  readonly method: 'PUT' | 'GET'
  /** Bytes of the object. */
  readonly size: number
  readonly connections: number
  /** Requests before anything is measured: both servers' code is compiled then. */
  readonly warmUp: number
  /** Requests of one turn; absent: as many as wrk gets through in two seconds, for it costs little beside a small request. */
  readonly count?: number
  readonly target: string
}

/** What one contestant did in one turn. */
interface Turn {
  /** Requests a second. */
  readonly speed: number
  /** Microseconds of the server's CPU for one request. */
  readonly cpu: number
}

/** Everybody has so many turns, one after the other, so that whatever else the machine does hits all; the middle counts. */
const turns = 7

/** One turn; answers the requests and the seconds they took. */
async function take(
  to: Contestant,
  { method, size, connections, count }: Scenario,
  request: Buffer,
): Promise<{ readonly requests: number; readonly seconds: number }> {
  if (count !== undefined) return { requests: count, seconds: await send(to, [request], count, connections) }
  const load = { method, path: presigned(to, method, `/bench/of-${size}`) }
  const body = method === 'PUT' ? { body: 'x'.repeat(size) } : {}
  const { requests, requestsPerSecond, errors } = measureLoad(to.url, { ...load, ...body }, 2, connections)
  if (errors > 0) throw new Error(`${to.name}: ${errors} errors`)
  return { requests, seconds: requests / requestsPerSecond }
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

const shown = (value: number): string => value.toFixed(value < 100 ? 1 : 0).padStart(7)

/** Measures one kind of request; answers a line with how much a second and how much CPU for it: above 1 is better. */
export async function compare(
  [own, peer]: readonly [Contestant, Contestant],
  scenario: Scenario,
): Promise<string> {
  const { name, method, size, connections, warmUp, target } = scenario
  const requestOf = (to: Contestant): Buffer =>
    rawRequest(to, method, `/bench/of-${size}`, Buffer.alloc(method === 'PUT' ? size : 0, 7))
  const contestants = [own, peer].map(each => ({ each, request: requestOf(each) }))
  for (const { each, request } of contestants) await send(each, [request], warmUp, connections)
  const found: Turn[][] = [[], []]
  for (let turn = 0; turn < turns; turn++)
    for (const [index, { each, request }] of contestants.entries()) {
      const before = each.process.cpuSeconds()
      const { requests, seconds } = await take(each, scenario, request)
      const cpu = ((each.process.cpuSeconds() - before) / requests) * 1e6
      found[index]?.push({ speed: requests / seconds, cpu })
    }
  const [ours = [], theirs = []] = found
  // Of the two in the same turn, which saw the same machine.
  const ratio = (of: (turn: Turn) => number): number =>
    median(ours.map((turn, index) => of(turn) / of(theirs[index] ?? turn)))
  const columns = (of: (turn: Turn) => number): string =>
    [ours, theirs].map(all => shown(median(all.map(of)))).join(' ')
  return (
    `${name.padEnd(22)} ${columns(({ speed }) => speed)} req/s ${ratio(({ speed }) => speed).toFixed(2)} ×` +
    `   ${columns(({ cpu }) => cpu)} µs CPU ${(1 / ratio(({ cpu }) => cpu)).toFixed(2)} ×   (target ${target})`
  )
}
