import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Ceph's object gateway on a cluster of one, everything in memory or in a temporary folder. */
export interface CephGateway {
  readonly url: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  stop(): Promise<void>
}

const programs = ['ceph', 'ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph-authtool', 'monmaptool']

/** Whether this machine has Debian's radosgw, ceph-mon and ceph-osd. */
export const hasCeph = (): boolean =>
  programs.every(program => spawnSync(program, ['--version']).error === undefined)

const run = promisify(execFile)

/** Ports that are free now; the programs take no 0. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports: number[] = []
  for (const server of servers)
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        if (typeof address === 'object' && address !== null) ports.push(address.port)
        resolve()
      }),
    )
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

function configuration(folder: string, cluster: string, monitor: number, gateway: number): string {
  return `[global]
fsid = ${cluster}
keyring = ${folder}/keyring
mon host = [v2:127.0.0.1:${monitor}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail warn = 1
mon data avail crit = 1
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = ${folder}/run
admin socket = ${folder}/run/$name.asok
log file =
log to stderr = false
mon data = ${folder}/mon
osd data = ${folder}/osd
osd journal = ${folder}/osd/journal
rgw data = ${folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:${gateway}
rgw thread pool size = 16
`
}

/** Starts monitor, object store and gateway; none of them outlives `stop`. */
export async function startCephGateway(): Promise<CephGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'lambdarium-ceph-'))
  const [monitor = 0, gateway = 0] = await freePorts(2)
  const file = join(folder, 'ceph.conf')
  const keyring = join(folder, 'keyring')
  const cluster = randomUUID()
  for (const name of ['mon', 'osd', 'rgw', 'run']) mkdirSync(join(folder, name))
  writeFileSync(file, configuration(folder, cluster, monitor, gateway))
  const children: ChildProcess[] = []
  const serve = (program: string, ...args: string[]): void => {
    const output = openSync(join(folder, `${program}.log`), 'w')
    children.push(spawn(program, ['-c', file, ...args], { stdio: ['ignore', output, output] }))
  }
  const ended = (child: ChildProcess): Promise<void> =>
    new Promise(resolve => {
      if (child.exitCode !== null || child.signalCode !== null) resolve()
      else child.once('exit', () => resolve())
      child.kill('SIGKILL')
    })
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(ended))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const caps = (...words: string[]): string[] => words.flatMap(word => ['--cap', ...word.split(' = ')])
    const admin = caps('mon = allow *', 'osd = allow *', 'mgr = allow *')
    const osd = caps('mon = allow profile osd', 'osd = allow *')
    await run('ceph-authtool', ['-C', keyring, '--gen-key', '-n', 'mon.', ...caps('mon = allow *')])
    await run('ceph-authtool', [keyring, '--gen-key', '-n', 'client.admin', ...admin])
    await run('ceph-authtool', [keyring, '--gen-key', '-n', 'osd.0', ...osd])
    const map = join(folder, 'monmap')
    const address = `[v2:127.0.0.1:${monitor}]`
    await run('monmaptool', ['--create', '--addv', 'a', address, '--fsid', cluster, map])
    await run('ceph-mon', ['-c', file, '--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring])
    serve('ceph-mon', '-i', 'a', '-f')
    const store = randomUUID()
    await run('ceph', ['-c', file, '--connect-timeout', '60', 'osd', 'new', store])
    await run('ceph-osd', ['-c', file, '-i', '0', '--mkfs', '--osd-uuid', store])
    serve('ceph-osd', '-i', '0', '-f')
    const credentials = { accessKeyId: 'ENGINEKEY', secretAccessKey: 'engine/se+cret' }
    await run('radosgw-admin', [
      ...['-c', file, 'user', 'create', '--uid', 'engine', '--display-name', 'Engine'],
      ...['--access-key', credentials.accessKeyId, '--secret-key', credentials.secretAccessKey],
    ])
    serve('radosgw', '-n', 'client.admin', '-d')
    const url = `http://127.0.0.1:${gateway}`
    await answers(url, () => readFileSync(join(folder, 'radosgw.log'), 'utf8'))
    return { url, ...credentials, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The gateway says nothing when it is ready, so it is asked until it answers. */
async function answers(url: string, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      await (await fetch(url)).text()
      return
    } catch {
      await setTimeout(200)
    }
  }
  throw new Error(`radosgw does not answer:\n${log().slice(-2000)}`)
}
