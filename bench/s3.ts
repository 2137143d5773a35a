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

/** Megabytes a second of `count` requests one after the other. */
async function throughput(to: Contestant, method: string, size: number, count: number): Promise<number> {
  const begun = performance.now()
  for (let index = 0; index < count; index++)
    await send(to, method, `/bench/large-${size}`, method === 'PUT' ? size : 0)
  return (size * count) / 1e6 / ((performance.now() - begun) / 1000)
}

async function open(folder: string): Promise<Contestant[]> {
  const peer = join(installPeer('s3rver', ['s3rver@3.7.1']), 'node_modules', 's3rver', 'bin', 's3rver.js')
  const port = 4_600 + (process.pid % 300)
  const s3rver = await startProcess(
    [process.execPath, peer, '-d', join(folder, 's3rver'), '-p', String(port), '-a', '127.0.0.1', '-s'],
    /listening|running|now|localhost|127\.0\.0\.1/i,
  )
  const own = await startProcess(
    [
      process.execPath,
      join(process.cwd(), 'bin', 'lambdarium.js'),
      'start',
      ...['--project', folder, '--data', join(folder, 'data'), '--port', '0', '--aws-port', '0'],
      ...['--no-watch', '--log-format', 'json'],
    ],
    /"aws":"(http[^"]+)".*"msg":"ready"/,
  )
  return [
    { name: 'lambdarium', url: own.matched, accessKeyId: 'test', secretAccessKey: 'test', process: own },
    {
      name: 's3rver 3.7.1',
      url: `http://127.0.0.1:${port}`,
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      process: s3rver,
    },
  ]
}

function row(name: string, [own = 0, peer = 0]: readonly number[], unit: string, target: string): void {
  const shown = [own, peer].map(value => value.toFixed(value < 100 ? 1 : 0).padStart(9)).join(' ')
  console.log(
    `${name.padEnd(24)} ${shown} ${unit.padEnd(6)} ${(own / peer).toFixed(2)} ×   (target ${target})`,
  )
}

/** S3 against s3rver: small and large objects, a long list, memory while large objects stream. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-s3-'))
  const contestants = await open(folder)
  try {
    const [own] = contestants
    if (own === undefined) throw new Error('nothing to measure')
    for (const each of contestants) await send(each, 'PUT', '/bench')
    console.log(`${''.padEnd(24)} ${contestants.map(({ name }) => name.padStart(9)).join(' ')}`)
    const load = (method: string, body?: string): number[] =>
      contestants.map(each => {
        const path = presigned(each, method, '/bench/small')
        const result = measureLoad(each.url, { method, path, ...(body === undefined ? {} : { body }) }, 4, 16)
        if (result.errors > 0) throw new Error(`${each.name}: ${result.errors} errors`)
        return result.requestsPerSecond
      })
    row('PUT 1 KB (ours durable)', load('PUT', 'x'.repeat(1024)), '/s', '≥ 4')
    row('GET 1 KB', load('GET'), '/s', '≥ 4')
    for (const [size, count] of [
      [1_000_000, 60],
      [100_000_000, 3],
    ] as const) {
      for (const method of ['PUT', 'GET']) {
        const found: number[] = []
        for (const each of contestants) found.push(await throughput(each, method, size, count))
        row(`${method} ${size / 1e6} MB`, found, 'MB/s', '≥ 1.2')
      }
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
    let most = 0
    const timer = setInterval(() => {
      most = Math.max(most, own.process.residentMegabytes())
    }, 100)
    await Promise.all([0, 1, 2, 3].map(index => send(own, 'PUT', `/bench/stream-${index}`, 100_000_000)))
    await Promise.all([0, 1, 2, 3].map(index => send(own, 'GET', `/bench/stream-${index}`)))
    clearInterval(timer)
    console.log(`memory while four 100 MB objects stream: ${most.toFixed(0)} MB   (target ≤ 150)`)
  } finally {
    for (const { process: each } of contestants) await each.stop()
    agent.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}
