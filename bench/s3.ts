import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import aws4 from 'aws4'
import { measureLoad } from './support/load.ts'
import { installPeer } from './support/peers.ts'
import { type MeasuredProcess, startProcess } from './support/process.ts'

/** One server with what its clients need. */
interface Contestant {
  readonly name: string
  readonly url: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly process: MeasuredProcess
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** A pre-signed path, so that signing costs the load generator nothing and both servers verify. */
function presigned({ url, ...credentials }: Contestant, method: string, path: string): string {
  const { host } = new URL(url)
  const signed = aws4.sign(
    {
      host,
      method,
      path: `${path}${path.includes('?') ? '&' : '?'}X-Amz-Expires=3600`,
      service: 's3',
      region: 'us-east-1',
      signQuery: true,
    },
    credentials,
  )
  return signed.path ?? path
}

/** Sends one request; `size` bytes go up. Answers how many came down. */
function send(
  to: Contestant,
  method: string,
  path: string,
  size = 0,
  keep = false,
): Promise<string | number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${to.url}${presigned(to, method, path)}`,
      { method, agent, headers: { 'Content-Length': size } },
      response => {
        let received = 0
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => {
          received += chunk.length
          if (keep) chunks.push(chunk)
        })
        response.on('end', () => {
          if ((response.statusCode ?? 500) >= 300)
            reject(new Error(`${to.name} ${method} ${path}: ${response.statusCode}`))
          else resolve(keep ? Buffer.concat(chunks).toString() : received)
        })
        response.on('error', reject)
      },
    )
    asked.on('error', reject)
    const chunk = Buffer.alloc(Math.min(size, 256 * 1024), 7)
    let left = size
    const write = (): void => {
      while (left > 0) {
        const part = chunk.subarray(0, Math.min(left, chunk.length))
        left -= part.length
        if (!asked.write(part) && left > 0) {
          asked.once('drain', write)
          return
        }
      }
      asked.end()
    }
    write()
  })
}

/** What a contestant did in all of its rounds. */
interface Found {
  units: number
  seconds: number
  cpuSeconds: number
}

/** Lets the contestants take turns, so that whatever else the machine does hits both; the first round only warms up. */
async function takeTurns(
  contestants: readonly Contestant[],
  rounds: number,
  run: (to: Contestant) => Promise<number>,
): Promise<Found[]> {
  const found = contestants.map(() => ({ units: 0, seconds: 0, cpuSeconds: 0 }))
  for (let round = 0; round <= rounds; round++)
    for (const [index, each] of contestants.entries()) {
      const used = each.process.cpuSeconds()
      const begun = performance.now()
      const units = await run(each)
      const seconds = (performance.now() - begun) / 1000
      const sum = found[index]
      if (round === 0 || sum === undefined) continue
      sum.units += units
      sum.seconds += seconds
      sum.cpuSeconds += each.process.cpuSeconds() - used
    }
  return found
}

/** Sends `count` requests one after the other; answers the megabytes. */
async function transfer(to: Contestant, method: string, size: number, count: number): Promise<number> {
  for (let index = 0; index < count; index++)
    await send(to, method, `/bench/large-${size}`, method === 'PUT' ? size : 0)
  return (size * count) / 1e6
}

/** The simulator, with a data folder on the disk: durable. */
async function openOwn(folder: string): Promise<Contestant> {
  const started = await startProcess(
    [
      process.execPath,
      join(process.cwd(), 'bin', 'lambdarium.js'),
      'start',
      ...['--project', folder, '--data', join(folder, 'data'), '--port', '0', '--aws-port', '0'],
      ...['--no-watch', '--log-format', 'json'],
    ],
    /"aws":"(http[^"]+)".*"msg":"ready"/,
  )
  return {
    name: 'lambdarium',
    url: started.matched,
    accessKeyId: 'test',
    secretAccessKey: 'test',
    process: started,
  }
}

async function openPeer(folder: string): Promise<Contestant> {
  const peer = join(installPeer('s3rver', ['s3rver@3.7.1']), 'node_modules', 's3rver', 'bin', 's3rver.js')
  const port = 4_600 + (process.pid % 300)
  const started = await startProcess(
    [process.execPath, peer, '-d', join(folder, 's3rver'), '-p', String(port), '-a', '127.0.0.1', '-s'],
    /listening|running|now|localhost|127\.0\.0\.1/i,
  )
  return {
    name: 's3rver 3.7.1',
    url: `http://127.0.0.1:${port}`,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    process: started,
  }
}

/** One line: how much a second, and how much CPU for it; above 1 is better than the peer both times. */
function row(name: string, found: readonly Found[], unit: string, target: string): void {
  const speeds = found.map(({ units, seconds }) => units / seconds)
  const costs = found.map(({ units, cpuSeconds }) => (cpuSeconds / units) * 1e6)
  const shown = (values: readonly number[]): string =>
    values.map(value => value.toFixed(value < 100 ? 1 : 0).padStart(7)).join(' ')
  const [speed = 0, peerSpeed = 1] = speeds
  const [cost = 1, peerCost = 0] = costs
  console.log(
    `${name.padEnd(22)} ${shown(speeds)} ${`${unit}/s`.padEnd(5)} ${(speed / peerSpeed).toFixed(2).padStart(5)} ×` +
      `   ${shown(costs)} µs CPU/${unit.padEnd(3)} ${(peerCost / cost).toFixed(2).padStart(5)} ×   (target ${target})`,
  )
}

/** Megabytes of a fresh server while four 100 MB objects stream in, and then out. */
async function memoryOfStreams(own: Contestant): Promise<number> {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, own.process.residentMegabytes())
  }, 50)
  try {
    await send(own, 'PUT', '/streams')
    await Promise.all([0, 1, 2, 3].map(index => send(own, 'PUT', `/streams/${index}`, 100_000_000)))
    await Promise.all([0, 1, 2, 3].map(index => send(own, 'GET', `/streams/${index}`)))
  } finally {
    clearInterval(timer)
  }
  return most
}

/** S3 against s3rver: small and large objects, a long list, memory while large objects stream. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-s3-'))
  const own = await openOwn(folder)
  const contestants = [own, await openPeer(folder)]
  try {
    for (const each of contestants) await send(each, 'PUT', '/bench')
    console.log(
      `${''.padEnd(22)} ${contestants.map(({ name }) => name.slice(0, 7).padStart(7)).join(' ')}   (both verify pre-signed SigV4 and compute MD5; ours adds CRC-64 and syncs the disk, s3rver does not)`,
    )
    const load = (method: string, body?: string): Promise<Found[]> =>
      takeTurns(contestants, 3, async each => {
        const path = presigned(each, method, '/bench/small')
        const result = measureLoad(each.url, { method, path, ...(body === undefined ? {} : { body }) }, 3, 16)
        if (result.errors > 0) throw new Error(`${each.name}: ${result.errors} errors`)
        return result.requests
      })
    row('PUT 1 KB (durable)', await load('PUT', 'x'.repeat(1024)), 'req', '≥ 4')
    row('GET 1 KB', await load('GET'), 'req', '≥ 4')
    for (const [size, count] of [
      [1_000_000, 30],
      [100_000_000, 1],
    ] as const)
      for (const method of ['PUT', 'GET']) {
        const found = await takeTurns(contestants, 3, each => transfer(each, method, size, count))
        row(`${method} ${size / 1e6} MB`, found, 'MB', '≥ 1.2')
      }
    for (let from = 0; from < 10_000; from += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          send(own, 'PUT', `/bench/keys/${String(from + index).padStart(6, '0')}`, 10),
        ),
      )
    for (const attempt of [1, 2, 3]) {
      const begun = performance.now()
      let token: string | undefined
      let keys = 0
      do {
        const more = token === undefined ? '' : `&continuation-token=${encodeURIComponent(token)}`
        const page = String(await send(own, 'GET', `/bench?list-type=2&prefix=keys${more}`, 0, true))
        keys += page.split('<Contents>').length - 1
        token = /<NextContinuationToken>([^<]*)/.exec(page)?.[1]
      } while (token !== undefined)
      console.log(
        `list of ${keys} keys, ${attempt}: ${(performance.now() - begun).toFixed(0)} ms   (target ≤ 150)`,
      )
    }
    const later = await memoryOfStreams(own)
    const fresh = await openOwn(mkdtempSync(join(folder, 'fresh-')))
    contestants.push(fresh)
    const most = await memoryOfStreams(fresh)
    console.log(
      `memory while four 100 MB objects stream: ${most.toFixed(0)} MB   (target ≤ 150; ${later.toFixed(0)} MB in the process that did all of the above)`,
    )
  } finally {
    for (const { process: each } of contestants) await each.stop()
    agent.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}
