import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** Bundles a TypeScript file of this folder, so that a child process can run it. */
export async function bundleChild(name: string): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const file = join(root, 'dist', `${name}-${process.pid}.mjs`)
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'test/unit/stores/children', `${name}.ts`)],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  })
  return { file, remove: () => rm(file, { force: true }) }
}

/** Runs a bundled child; `onLine` hears each line of its standard output. Answers once it has ended. */
export async function runChild(
  file: string,
  args: readonly string[],
  onLine: (line: string, child: ChildProcess) => void,
): Promise<{ readonly code: number | null; readonly signal: string | null; readonly errors: string }> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let rest = ''
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    errors += text
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line, child)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, errors }))
  })
}
