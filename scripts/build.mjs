// Builds dist/: the library and the command bundled by esbuild, assets beside them, and with --types the declarations.
// Modules name an asset as `new URL('./assets/NAME', import.meta.url)`: the same expression finds it in src and in dist,
// because every chunk lands directly in dist/ and every src/**/assets/ folder is copied into dist/assets/.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist')

/** @param {string} directory @param {string} name @returns {string[]} every folder of that name below `directory` */
function foldersNamed(directory, name) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isDirectory() && entry.name === name)
    .map(entry => join(entry.parentPath, entry.name))
}

// Built beside and swapped in, so that a process which is running from dist/ never sees half of it.
const fresh = join(root, `.dist-${process.pid}`)
try {
  await build({
    absWorkingDir: root,
    entryPoints: { index: 'src/index.ts', cli: 'src/cli/main.ts' },
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    chunkNames: '[name]-[hash]',
    sourcemap: 'linked',
    logLevel: 'warning',
  })
  for (const name of ['assets', 'models']) {
    for (const folder of foldersNamed(join(root, 'src'), name))
      cpSync(folder, join(fresh, name), { recursive: true })
  }
  if (process.argv.includes('--types')) {
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/typescript/bin/tsc'),
        '-p',
        'tsconfig.types.json',
        '--outDir',
        join(fresh, 'types'),
      ],
      { cwd: root, stdio: 'inherit' },
    )
  } else if (existsSync(join(out, 'types'))) {
    cpSync(join(out, 'types'), join(fresh, 'types'), { recursive: true })
  }
  mkdirSync(out, { recursive: true })
  const old = join(root, `.dist-old-${process.pid}`)
  renameSync(out, old)
  renameSync(fresh, out)
  rmSync(old, { recursive: true, force: true })
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
