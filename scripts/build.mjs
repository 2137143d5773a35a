// Builds dist/: the library and the command bundled by esbuild, assets beside them, and with --types the declarations.
// Packages are bundled too (docs/decisions/080): the command then loads a handful of files instead of a thousand. Natives
// stay outside, and so does esbuild, which starts its own binary.
// Modules name an asset as `new URL('./assets/NAME', import.meta.url)`: the same expression finds it in src and in dist,
// because every chunk lands directly in dist/ and every src/**/assets/ folder is copied into dist/assets/.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
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

/** @param {readonly string[]} inputs @returns {string} the licence texts of all packages among the bundled files */
function licensesOf(inputs) {
  const folders = new Set(
    inputs.flatMap(input => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []),
  )
  return [...folders]
    .sort()
    .map(folder => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      const file = readdirSync(join(root, folder)).find(each => /^(?:licen[cs]e|copying)/i.test(each))
      const text = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim()
      return `${name} ${version} (${license})\n\n${text}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}

// Built beside and swapped in, so that a process which is running from dist/ never sees half of it.
const fresh = join(root, `.dist-${process.pid}`)
try {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: 'src/index.ts', cli: 'src/cli/main.ts' },
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['lmdb', 'esbuild'],
    alias: { 'body-parser': join(root, 'scripts/body-parser.cjs') },
    // CommonJS packages call `require` for Node's own modules.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    chunkNames: '[name]-[hash]',
    sourcemap: 'linked',
    logLevel: 'warning',
  })
  writeFileSync(join(fresh, 'THIRD-PARTY-LICENSES.txt'), licensesOf(Object.keys(metafile.inputs)))
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
