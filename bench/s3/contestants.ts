import { join } from 'node:path'
import aws4 from 'aws4'
import { installPeer } from '../support/peers.ts'
import { type MeasuredProcess, startProcess } from '../support/process.ts'
import { sendRaw } from '../support/raw-load.ts'

/** One server with what its clients need. */
export interface Contestant {
  readonly name: string
  readonly url: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly process: MeasuredProcess
}

/** The simulator, with a data folder on the disk: durable. */
export async function openOwn(folder: string): Promise<Contestant> {
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
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return { name: 'lambdarium', url: started.matched, ...credentials, process: started }
}

/** The peer, as its users start it: it writes files and never syncs them. */
export async function openPeer(folder: string): Promise<Contestant> {
  const peer = join(installPeer('s3rver', ['s3rver@3.7.1']), 'node_modules', 's3rver', 'bin', 's3rver.js')
  const port = 4_600 + (process.pid % 300)
  const started = await startProcess(
    [process.execPath, peer, '-d', join(folder, 's3rver'), '-p', String(port), '-a', '127.0.0.1', '-s'],
    /listening|running|now|localhost|127\.0\.0\.1/i,
  )
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
  return { name: 's3rver 3.7.1', url: `http://127.0.0.1:${port}`, ...credentials, process: started }
}

/** A pre-signed path, so that signing costs the load generator nothing and both servers verify. */
export function presigned({ url, ...credentials }: Contestant, method: string, path: string): string {
  const signed = aws4.sign(
    {
      host: new URL(url).host,
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

/** A whole request, ready for the socket. */
export function rawRequest(to: Contestant, method: string, path: string, body = Buffer.alloc(0)): Buffer {
  const lines = [
    `${method} ${presigned(to, method, path)} HTTP/1.1`,
    `Host: ${new URL(to.url).host}`,
    'Content-Type: application/octet-stream',
    `Content-Length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
}

/** Sends prepared requests `count` times over kept connections; answers the seconds. */
export async function send(
  to: Contestant,
  requests: readonly Buffer[],
  count = requests.length,
  connections = 1,
): Promise<number> {
  const { seconds, failures } = await sendRaw(to.url, requests, connections, count)
  if (failures > 0) throw new Error(`${to.name}: ${failures} of ${count} requests failed`)
  return seconds
}
