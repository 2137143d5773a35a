// Runs one TypeScript script: `node scripts/run-ts.mjs FILE [ARGS…]`. The bundle lands in dist/, where assets are found.
import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const [file, ...args] = process.argv.slice(2)
if (file === undefined) throw new Error('usage: node scripts/run-ts.mjs FILE [ARGS…]')
const bundle = join(root, 'dist', `run-${basename(file, '.ts')}-${process.pid}.mjs`)
await build({
  absWorkingDir: root,
  entryPoints: [file],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
})
process.on('exit', () => rmSync(bundle, { force: true }))
process.argv = [process.argv[0] ?? 'node', file, ...args]
await import(pathToFileURL(bundle).href)
