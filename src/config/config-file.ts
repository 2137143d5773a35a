import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildFailure, Plugin } from 'esbuild'
import { loadEsbuild, UserError } from '../lib/index.ts'
import { placeOf } from './locate.ts'

/** The names that a project's configuration may have, the strongest first. */
export const configFileNames = [
  'lambdarium.config.ts',
  'lambdarium.config.mts',
  'lambdarium.config.js',
  'lambdarium.config.mjs',
  'lambdarium.config.json',
] as const

/** A configuration file, evaluated. */
export interface ConfigFile {
  readonly file: string
  readonly text: string
  readonly value: unknown
  /** The file and everything of the project that it imports, absolute: what to watch. */
  readonly dependencies: readonly string[]
}

/** Reads and evaluates the project's configuration, if it has one. */
export async function readConfigFile(project: string): Promise<ConfigFile | undefined> {
  const name = configFileNames.find(each => existsSync(join(project, each)))
  if (name === undefined) return undefined
  const file = join(project, name)
  const text = await readFile(file, 'utf8')
  return name.endsWith('.json')
    ? { file, text, value: parseJson(file, text), dependencies: [file] }
    : evaluate(file, text)
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const offset = /position (\d+)/.exec(message)?.[1]
    const place = offset === undefined ? placeOf(text, text.length) : placeOf(text, Number(offset))
    throw new UserError('config-syntax', message, { position: { file, ...place }, source: text, cause })
  }
}

/** The configuration may import `defineConfig` also where the package is not installed (npx, a container). */
const defineConfigPlugin: Plugin = {
  name: 'lambdarium',
  setup(build) {
    build.onResolve({ filter: /^lambdarium$/ }, () => ({ path: 'lambdarium', namespace: 'lambdarium' }))
    build.onLoad({ filter: /.*/, namespace: 'lambdarium' }, () => ({
      contents: 'export const defineConfig = config => config',
    }))
  },
}

async function evaluate(file: string, text: string): Promise<ConfigFile> {
  const { build } = loadEsbuild()
  const directory = dirname(file)
  const bundled = await build({
    absWorkingDir: directory,
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    sourcemap: 'inline',
    sourceRoot: pathToFileURL(`${directory}/`).href,
    plugins: [defineConfigPlugin],
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(file).href),
      'import.meta.dirname': JSON.stringify(directory),
      'import.meta.filename': JSON.stringify(file),
      __dirname: JSON.stringify(directory),
      __filename: JSON.stringify(file),
    },
    banner: {
      js: `import{createRequire as __createRequire}from'node:module';const require=__createRequire(${JSON.stringify(file)});`,
    },
  }).catch((cause: unknown) => {
    throw syntaxProblem(file, text, cause)
  })
  const dependencies = Object.keys(bundled.metafile.inputs)
    .filter(input => !input.startsWith('lambdarium:') && !input.includes('node_modules/'))
    .map(input => resolve(directory, input))
  const temporary = await mkdtemp(join(tmpdir(), 'lambdarium-config-'))
  try {
    const module = join(temporary, 'config.mjs')
    await writeFile(module, bundled.outputFiles[0]?.contents ?? '')
    const loaded = (await import(pathToFileURL(module).href).catch((cause: unknown) => {
      throw new UserError('config-failed', `The configuration failed: ${messageOf(cause)}`, {
        position: { file, line: 1, column: 1 },
        source: text,
        cause,
      })
    })) as { default?: unknown }
    const exported = loaded.default
    if (exported === undefined) {
      throw new UserError('config-failed', 'The configuration exports nothing', {
        position: { file, line: 1, column: 1 },
        source: text,
        hint: 'Write `export default defineConfig({ … })`',
      })
    }
    const value = typeof exported === 'function' ? await exported() : await exported
    return { file, text, value, dependencies: [...new Set([file, ...dependencies])] }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

function syntaxProblem(file: string, text: string, cause: unknown): UserError {
  const [first] = (cause as Partial<BuildFailure>).errors ?? []
  if (first === undefined) return new UserError('config-failed', messageOf(cause), { cause })
  const at = first.location
  const where = at === null ? file : resolve(dirname(file), at.file)
  return new UserError('config-syntax', first.text, {
    position: { file: where, line: at?.line ?? 1, column: (at?.column ?? 0) + 1 },
    ...(where === file ? { source: text } : {}),
    cause,
  })
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
