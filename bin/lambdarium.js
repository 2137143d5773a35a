#!/usr/bin/env node
// The command. In a clone it builds dist/ first when a source file is newer; an installed package has no src/.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = join(root, 'dist', 'cli.js')

function isStale() {
  if (!existsSync(join(root, 'src'))) return false
  if (!existsSync(built)) return true
  const time = statSync(built).mtimeMs
  return readdirSync(join(root, 'src'), { withFileTypes: true, recursive: true }).some(
    entry => entry.isFile() && statSync(join(entry.parentPath, entry.name)).mtimeMs > time,
  )
}

if (isStale())
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: ['ignore', 2, 2] })
// Node 22 and newer keep compiled code between runs.
module.enableCompileCache?.()
await import('../dist/cli.js')
