import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPeer } from './peers.ts'

/** One kind of request. */
export interface LoadRequest {
  readonly method: string
  readonly path: string
  readonly body?: string
}

/** What a load found. Milliseconds. */
export interface LoadResult {
  readonly requests: number
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p99: number
  readonly errors: number
}

/** Sends one kind of request for `seconds` over `connections`: by wrk where the machine has it, else by autocannon. */
export function measureLoad(
  base: string,
  request: LoadRequest,
  seconds: number,
  connections: number,
): LoadResult {
  return hasWrk()
    ? byWrk(base, request, seconds, connections)
    : byAutocannon(base, request, seconds, connections)
}

const hasWrk = (): boolean => spawnSync('wrk', ['-v']).error === undefined

function byWrk(
  base: string,
  { method, path, body }: LoadRequest,
  seconds: number,
  connections: number,
): LoadResult {
  const directory = mkdtempSync(join(tmpdir(), 'load-'))
  const script = join(directory, 'request.lua')
  writeFileSync(
    script,
    `wrk.method = ${JSON.stringify(method)}
wrk.headers["Content-Type"] = "application/json"
${body === undefined ? '' : `wrk.body = ${JSON.stringify(body)}`}
done = function(summary, latency, requests)
  io.write(string.format("RESULT %d %d %.3f %.3f %d\\n", summary.requests, summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
`,
  )
  try {
    const output = execFileSync(
      'wrk',
      ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, base + path],
      { encoding: 'utf8' },
    )
    const [requests = 0, microseconds = 1, p50 = 0, p99 = 0, errors = 0] = (
      /RESULT (.*)/.exec(output)?.[1] ?? ''
    )
      .split(' ')
      .map(Number)
    return { requests, requestsPerSecond: requests / (microseconds / 1e6), p50, p99, errors }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function byAutocannon(
  base: string,
  { method, path, body }: LoadRequest,
  seconds: number,
  connections: number,
): LoadResult {
  const program = join(installPeer('load', ['autocannon@8']), 'node_modules', 'autocannon', 'autocannon.js')
  const bodyArgs = body === undefined ? [] : ['-b', body]
  const output = execFileSync(
    process.execPath,
    [
      program,
      '--json',
      '-m',
      method,
      '-c',
      String(connections),
      '-d',
      String(seconds),
      '-H',
      'content-type=application/json',
      ...bodyArgs,
      base + path,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const result = JSON.parse(output) as {
    requests: { total: number; average: number }
    latency: { p50: number; p99: number }
    errors: number
    non2xx: number
  }
  return {
    requests: result.requests.total,
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.non2xx,
  }
}
