import { readFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Loader, Plugin } from 'esbuild'

const loaders: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
}

/**
 * Lets `__dirname`, `__filename` and `import.meta.url` of a bundled file mean the file itself, not the bundle, so that
 * a handler finds the files that lie beside it.
 */
export const ownPlaces: Plugin = {
  name: 'own-places',
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async args => {
      const text = await readFile(args.path, 'utf8')
      const prefix = placesOf(args.path, text)
      if (prefix === undefined) return undefined
      const contents = text
        .replaceAll(/\bimport\.meta\.(url|dirname|filename)\b/g, '__lambdarium_$1')
        .replace(/^(#!.*)?/, shebang => (shebang === '' ? prefix : `//${shebang}${prefix}`))
      return { contents, loader: loaders[extname(args.path)] ?? 'js' }
    })
  },
}

/** One line without a break, so that line numbers stay. */
function placesOf(file: string, text: string): string | undefined {
  const declared = (name: string): boolean =>
    new RegExp(`\\b(const|let|var)\\s+(\\{[^}]*)?${name}\\b`).test(text)
  const lines: string[] = []
  for (const [name, value] of [
    ['__dirname', dirname(file)],
    ['__filename', file],
  ] as const)
    if (text.includes(name) && !declared(name)) lines.push(`var ${name}=${JSON.stringify(value)};`)
  if (text.includes('import.meta.url'))
    lines.push(`var __lambdarium_url=${JSON.stringify(pathToFileURL(file).href)};`)
  if (text.includes('import.meta.dirname'))
    lines.push(`var __lambdarium_dirname=${JSON.stringify(dirname(file))};`)
  if (text.includes('import.meta.filename')) lines.push(`var __lambdarium_filename=${JSON.stringify(file)};`)
  return lines.length === 0 ? undefined : lines.join('')
}
