import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Installs a peer's npm packages into `bench/peers/<name>` (git-ignored) unless they are there; answers that folder. */
export function installPeer(name: string, packages: readonly string[]): string {
  const directory = join(process.cwd(), 'bench', 'peers', name)
  const marker = join(directory, '.installed')
  const wanted = packages.join(' ')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return directory
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: `peer-${name}`, private: true }))
  console.error(`installing ${wanted} …`)
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
    cwd: directory,
    stdio: ['ignore', 2, 2],
  })
  writeFileSync(marker, wanted)
  return directory
}
