import { readFileSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { isDeepStrictEqual } from 'node:util'
import { type Contestant, contestants } from './gateway/contestants.ts'
import { answers, type RouteName, routes } from './gateway/project.ts'
import { type LoadResult, measureLoad } from './support/load.ts'
import type { MeasuredProcess } from './support/process.ts'

interface Measured {
  readonly name: string
  readonly startMilliseconds: number
  readonly firstAnswerMilliseconds: number
  readonly idleMegabytes: number
  readonly loadedMegabytes: number
  readonly savedToServed: number | undefined
  readonly routes: Partial<
    Record<RouteName, LoadResult & { readonly cpuMicroseconds: number; readonly aloneP50: number }>
  >
}

/** `npm run bench gateway [seconds]`: the same routes on Lambdarium and its peers, in one run, as ratios. */
export async function run(args: string[]): Promise<void> {
  const seconds = Number(args[0] ?? 5)
  const measured: Measured[] = []
  for (const contestant of contestants()) {
    measured.push({ ...(await measure(contestant, seconds)), savedToServed: await measureReload(contestant) })
  }
  print(measured)
}

async function measure(contestant: Contestant, seconds: number): Promise<Measured> {
  console.error(`${contestant.name} …`)
  const begun = performance.now()
  const { process: server, base } = await contestant.start(false)
  try {
    await verify(base, 'proxy')
    const firstAnswerMilliseconds = performance.now() - begun
    const idleMegabytes = server.residentMegabytes()
    const results: Measured['routes'] = {}
    for (const route of contestant.routes) results[route] = await measureRoute(server, base, route, seconds)
    const loadedMegabytes = server.residentMegabytes()
    return {
      name: contestant.name,
      startMilliseconds: server.startMilliseconds,
      firstAnswerMilliseconds,
      idleMegabytes,
      loadedMegabytes,
      savedToServed: undefined,
      routes: results,
    }
  } finally {
    await server.stop()
  }
}

async function measureReload({ start, handlerFile }: Contestant): Promise<number | undefined> {
  if (handlerFile === undefined) return undefined
  const { process: server, base } = await start(true)
  try {
    return await savedToServed(base, handlerFile)
  } finally {
    await server.stop()
  }
}

async function measureRoute(server: MeasuredProcess, base: string, route: RouteName, seconds: number) {
  await verify(base, route)
  warmUp(base, route)
  const alone = measureLoad(base, routes[route], 2, 1)
  const before = server.cpuSeconds()
  const result = measureLoad(base, routes[route], seconds, 16)
  const cpuMicroseconds = ((server.cpuSeconds() - before) * 1e6) / Math.max(1, result.requests)
  return { ...result, cpuMicroseconds, aloneP50: alone.p50 }
}

/** Everybody is measured warm: by requests, for on a busy machine seconds end in the middle of compiling. */
function warmUp(base: string, route: RouteName): void {
  let requests = 0
  for (let round = 0; round < 10 && requests < 8_000; round++)
    requests += measureLoad(base, routes[route], 2, 16).requests
}

/** One request on a connection of its own: one kept open may have been closed while the load generator ran. */
function ask(base: string, route: RouteName): Promise<unknown> {
  const { method, path, body } = routes[route]
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      new URL(path, base),
      { method, agent: false, headers: { 'content-type': 'application/json' } },
      response => {
        text(response).then(answer => resolve(JSON.parse(answer)), reject)
      },
    )
    asked.once('error', reject)
    asked.end(body)
  })
}

/** Fails loudly when a contestant does not answer what it should: a wrong answer must not be measured. */
async function verify(base: string, route: RouteName): Promise<void> {
  const answer = await ask(base, route)
  if (!isDeepStrictEqual(answer, answers[route]))
    throw new Error(`${route} answered ${JSON.stringify(answer)}`)
}

/** The median of five edits: milliseconds from saving a handler until the first answer that shows the edit. */
async function savedToServed(base: string, file: string): Promise<number> {
  const original = readFileSync(file, 'utf8')
  const times: number[] = []
  for (let edit = 1; edit <= 5; edit++) {
    const begun = performance.now()
    writeFileSync(file, original.replace('id: event.pathParameters.id', `id: 'edit-${edit}'`))
    while (((await ask(base, 'proxy')) as { id?: string }).id !== `edit-${edit}`) {
      if (performance.now() - begun > 10_000) return Number.POSITIVE_INFINITY
    }
    times.push(performance.now() - begun)
  }
  return times.sort((a, b) => a - b)[2] ?? 0
}

function print(measured: readonly Measured[]): void {
  const ours = measured[0]
  const row = (cells: readonly (string | number)[]): void =>
    console.log(
      cells
        .map((cell, index) => (index === 0 ? String(cell).padEnd(20) : String(cell).padStart(13)))
        .join(''),
    )
  for (const route of Object.keys(routes) as RouteName[]) {
    console.log(`\n${route}`)
    row(['', 'requests/s', 'ours ×', 'p50 ms', 'p99 ms', 'alone p50', 'CPU µs/req', 'errors'])
    for (const { name, routes: results } of measured) {
      const result = results[route]
      if (result === undefined) row([name, 'not offered'])
      else {
        const ratio = (ours?.routes[route]?.requestsPerSecond ?? 0) / result.requestsPerSecond
        row([
          name,
          Math.round(result.requestsPerSecond),
          ratio.toFixed(2),
          result.p50.toFixed(2),
          result.p99.toFixed(2),
          result.aloneP50.toFixed(3),
          Math.round(result.cpuMicroseconds),
          result.errors,
        ])
      }
    }
  }
  console.log()
  row(['', 'ready ms', 'answer ms', 'save→served', 'idle MB', 'loaded MB'])
  for (const one of measured) {
    row([
      one.name,
      Math.round(one.startMilliseconds),
      Math.round(one.firstAnswerMilliseconds),
      one.savedToServed === undefined ? '-' : one.savedToServed.toFixed(1),
      Math.round(one.idleMegabytes),
      Math.round(one.loadedMegabytes),
    ])
  }
}
