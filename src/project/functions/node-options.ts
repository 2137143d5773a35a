import { existsSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import type { BuildOptions } from 'esbuild'
import type { FoundFunction } from './found-function.ts'
import { ownPlaces } from './own-places.ts'
import { packagesInPlace } from './packages-in-place.ts'

/** Whether a function is bundled, and as which kind of module; plain JavaScript runs from its own folder. */
export type Form = 'esm' | 'cjs' | 'graph'

/** Plain JavaScript is only looked at; it runs from its own folder. */
export function formOf(found: FoundFunction): Form {
  return found.language === 'javascript' ? 'graph' : moduleFormOf(found)
}

/**
 * A bundle becomes what Node would take its entry for: an ES module where the file or its package says so, else
 * CommonJS, which can load both kinds of packages.
 */
export function moduleFormOf(found: FoundFunction): 'esm' | 'cjs' {
  const extension = extname(found.entryFile)
  if (extension === '.mts' || extension === '.mjs') return 'esm'
  if (extension === '.cts' || extension === '.cjs') return 'cjs'
  return packageType(dirname(found.entryFile)) === 'module' ? 'esm' : 'cjs'
}

function packageType(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const file = join(current, 'package.json')
    if (existsSync(file)) return /"type"\s*:\s*"(\w+)"/.exec(readFileSync(file, 'utf8'))?.[1]
    if (dirname(current) === current) return undefined
  }
}

/** What esbuild is told for functions of one form. `missing` collects packages that are not installed. */
export function buildOptions(
  form: Form,
  entries: Readonly<Record<string, string>>,
  directory: string,
  buildDirectory: string,
  missing: (name: string, importer: string) => void,
): BuildOptions {
  return {
    absWorkingDir: directory,
    entryPoints: entries,
    outdir: buildDirectory,
    bundle: true,
    metafile: true,
    write: form !== 'graph',
    platform: 'node',
    target: `node${process.versions.node}`,
    // A graph may hold both kinds of modules, and top-level await.
    format: form === 'cjs' ? 'cjs' : 'esm',
    outExtension: { '.js': form === 'esm' ? '.mjs' : '.cjs' },
    sourcemap: form === 'graph' ? false : 'linked',
    logLevel: 'silent',
    ...(form === 'graph'
      ? { packages: 'external' as const, loader: { '.node': 'empty' as const } }
      : {
          loader: { '.node': 'copy' as const },
          plugins: [packagesInPlace(form, missing), ownPlaces],
          ...(form === 'esm' ? { banner: { js: esmBanner } } : {}),
        }),
  }
}

/** Bundled ES modules may hold CommonJS files, whose `require` of built-in modules needs a function of that name. */
const esmBanner =
  "import { createRequire as __lambdariumRequire } from 'node:module'; const require = __lambdariumRequire(import.meta.url);"
