import { execFileSync, type StdioOptions } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PostgreSQL server of a test's own, reached by a socket in its folder. */
export interface PostgresServer {
  readonly url: string
  /** Kills the server as a crash would, and starts it again over the same files. */
  crash(): void
  stop(): void
}

/** Where Debian and others keep `initdb` and `pg_ctl`. */
function binaries(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian) : []
  const folders = [...versions.map(version => join(debian, version, 'bin')), '/usr/local/bin', '/usr/bin']
  return folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}

/** PostgreSQL refuses to run as root; there its package's own user runs it. */
function user(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Whether this machine can run a server; without one the tests over PostgreSQL are skipped by name. */
export function canRunPostgres(): boolean {
  try {
    user()
    return binaries() !== undefined
  } catch {
    return false
  }
}

/** Makes a database and starts a server over it that listens on no network. */
export function startPostgres(): PostgresServer {
  const folder = mkdtempSync(join(tmpdir(), 'lambdarium-pg-'))
  const owner = user()
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const stdio: StdioOptions = 'ignore'
  const run = (command: string, ...args: string[]): void => {
    execFileSync(join(binaries() ?? '', command), args, { stdio, cwd: folder, ...owner })
  }
  const options = `-c listen_addresses= -c unix_socket_directories=${folder}`
  const start = (): void => run('pg_ctl', 'start', '-w', '-D', data, '-o', options, '-l', join(folder, 'log'))
  run('initdb', '-D', data, '-U', 'lambdarium', '-A', 'trust', '-E', 'UTF8', '--no-sync')
  start()
  return {
    url: `postgres://lambdarium@/postgres?host=${encodeURIComponent(folder)}`,
    crash() {
      run('pg_ctl', 'stop', '-m', 'immediate', '-w', '-D', data)
      start()
    },
    stop() {
      run('pg_ctl', 'stop', '-m', 'immediate', '-w', '-D', data)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
