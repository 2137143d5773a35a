import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contestant, openOwn, openPeer, presigned, rawRequest, send } from './s3/contestants.ts'
import { compare, type Scenario } from './s3/turns.ts'

const small = { size: 1024, connections: 16, warmUp: 6000, target: '≥ 4' }
const medium = { size: 1_000_000, connections: 1, warmUp: 200, count: 40, target: '≥ 1.2' }
const large = { size: 100_000_000, connections: 1, warmUp: 2, count: 2, target: '≥ 1.2' }

const scenarios: readonly Scenario[] = [
  { name: 'PUT 1 KB (durable)', method: 'PUT', ...small },
  { name: 'GET 1 KB', method: 'GET', ...small },
  { name: 'PUT 1 MB (durable)', method: 'PUT', ...medium },
  { name: 'GET 1 MB', method: 'GET', ...medium },
  { name: 'PUT 100 MB (durable)', method: 'PUT', ...large },
  { name: 'GET 100 MB', method: 'GET', ...large },
]

/** Puts 10,000 keys, then lists them again and again; milliseconds of each list, whole, with its ten pages. */
async function listsOf10000(own: Contestant): Promise<number[]> {
  const body = Buffer.alloc(10)
  const puts = Array.from({ length: 10_000 }, (_, index) =>
    rawRequest(own, 'PUT', `/bench/keys/${String(index).padStart(6, '0')}`, body),
  )
  await send(own, puts, puts.length, 50)
  const found: number[] = []
  for (let attempt = 0; attempt < 12; attempt++) {
    const begun = performance.now()
    let keys = 0
    for (let more = ''; ; ) {
      const path = presigned(own, 'GET', `/bench?list-type=2&prefix=keys${more}`)
      const page = await (await fetch(`${own.url}${path}`)).text()
      keys += page.split('<Contents>').length - 1
      const token = /<NextContinuationToken>([^<]*)/.exec(page)?.[1]
      if (token === undefined) break
      more = `&continuation-token=${encodeURIComponent(token)}`
    }
    if (keys !== 10_000) throw new Error(`a list of ${keys} keys`)
    // The first two compile.
    if (attempt >= 2) found.push(performance.now() - begun)
  }
  return found.toSorted((one, other) => one - other)
}

/** Megabytes of a server while four 100 MB objects stream in, and then out. */
async function memoryOfStreams(own: Contestant): Promise<number> {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, own.process.residentMegabytes())
  }, 50)
  try {
    await send(own, [rawRequest(own, 'PUT', '/streams')])
    const body = Buffer.alloc(100_000_000, 7)
    const keys = [0, 1, 2, 3].map(index => `/streams/${index}`)
    const puts = keys.map(key => rawRequest(own, 'PUT', key, body))
    await send(own, puts, 4, 4)
    await send(
      own,
      keys.map(key => rawRequest(own, 'GET', key)),
      4,
      4,
    )
  } finally {
    clearInterval(timer)
  }
  return most
}

/** S3 against s3rver: small and large objects, a long list, memory while large objects stream. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-s3-'))
  const own = await openOwn(folder)
  const opened = [own]
  try {
    const peer = await openPeer(folder)
    opened.push(peer)
    for (const each of [own, peer]) await send(each, [rawRequest(each, 'PUT', '/bench')])
    console.log(
      `${''.padEnd(22)} lambdar  s3rver   (both verify pre-signed SigV4 and compute MD5; ours adds CRC-64 and syncs the disk, s3rver does not)`,
    )
    for (const scenario of scenarios) console.log(await compare([own, peer], scenario))
    const lists = await listsOf10000(own)
    const [best = 0, middle = 0] = [lists[0], lists[Math.floor(lists.length / 2)]]
    console.log(
      `list of 10,000 keys: ${middle.toFixed(0)} ms, the best of ${lists.length} ${best.toFixed(0)} ms   (target ≤ 150)`,
    )
    const later = await memoryOfStreams(own)
    const fresh = await openOwn(mkdtempSync(join(folder, 'fresh-')))
    opened.push(fresh)
    const most = await memoryOfStreams(fresh)
    console.log(
      `memory while four 100 MB objects stream: ${most.toFixed(0)} MB   (target ≤ 150; ${later.toFixed(0)} MB in the process that did all of the above)`,
    )
  } finally {
    for (const { process: each } of opened) await each.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
