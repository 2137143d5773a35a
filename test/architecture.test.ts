import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('../src', import.meta.url))

/** Who may import whom, besides itself: the table of docs/architecture.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  ports: [],
  stores: ['lib'],
  config: ['lib'],
  vtl: ['lib'],
  aws: ['ports', 'stores', 'lib'],
  services: ['aws', 'ports', 'stores', 'lib'],
  lambda: ['ports', 'aws', 'stores', 'lib'],
  project: ['vtl', 'ports', 'lib'],
  gateway: ['project', 'vtl', 'aws', 'ports', 'lib'],
  triggers: ['project', 'ports', 'lib'],
  journal: ['ports', 'lib'],
  admin: ['ports', 'journal', 'lib'],
  server: ['gateway', 'services', 'aws', 'admin', 'ports', 'lib'],
  cli: ['simulator.ts', 'config', 'project', 'vtl', 'ports', 'lib'],
}

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

/** `services/s3` counts as a folder of its own, so that services never import each other. */
function room(path: string): string {
  const [top = '', second = ''] = path.split(sep)
  return top === 'services' && !second.endsWith('.ts') ? join(top, second) : top
}

function importsOf(file: string, text: string): Import[] {
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^\s*import\s+['"]([^'"]+)['"]/gm
  return [...text.matchAll(pattern)].map(match => ({
    from: file,
    to: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
  }))
}

/** Everything that breaks the table. */
function violations(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = []
  for (const [file, text] of files) {
    const home = room(file)
    const top = home.split(sep)[0] ?? ''
    const wires = file === 'simulator.ts' || file === 'index.ts' || home === 'simulator'
    for (const { to, typeOnly } of importsOf(file, text)) {
      if (to.startsWith('@aws-sdk/') && !typeOnly) found.push(`${file}: ${to} only as \`import type\``)
      if (!to.startsWith('.') || wires) continue
      const target = relative(source, resolve(source, dirname(file), to))
      const other = room(target)
      if (other === home) continue
      const otherTop = other.split(sep)[0] ?? ''
      if (home === 'services' || other === 'services') {
        if (home === 'services' && otherTop === 'services') continue
        if (home !== 'services' && top === 'services')
          found.push(`${file}: a service may not import the list`)
      }
      const permitted = allowed[top] ?? []
      if (otherTop === top && top === 'services')
        found.push(`${file}: services never import each other (${target})`)
      else if (!permitted.includes(otherTop)) found.push(`${file}: ${top} may not import ${target}`)
      else if (!target.endsWith('index.ts') && otherTop !== 'lib' && otherTop !== 'simulator.ts')
        found.push(`${file}: ${target} is not ${otherTop}'s index.ts`)
    }
    if (top !== 'cli' && /\bconsole\.\w+\(/.test(text)) found.push(`${file}: console only in cli/`)
    if (top !== 'config' && /\bprocess\.env\b/.test(text)) found.push(`${file}: process.env only in config/`)
    const owned = top === 'ports' || wires
    if (
      !owned &&
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\brandomUUID\(|\brandomBytes\(|\bMath\.random\(/.test(
        text,
      )
    )
      found.push(`${file}: wall clock and random ids only behind ports/`)
  }
  return found
}

/** Import cycles among modules; type-only imports do not count, for they are gone at run time. */
function cycles(files: ReadonlyMap<string, string>): string[] {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const { to, typeOnly } of importsOf(file, files.get(file) ?? '')) {
      const target = relative(source, resolve(source, dirname(file), to))
      if (to.startsWith('.') && !typeOnly && files.has(target)) visit(target, [...path, file])
    }
    state.set(file, 'done')
  }
  for (const file of files.keys()) visit(file, [])
  return found
}

function sourceFiles(): Map<string, string> {
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    name => name.endsWith('.ts') && !name.split(sep).includes('assets'),
  )
  return new Map(names.map(name => [name, readFileSync(join(source, name), 'utf8')]))
}

test('src keeps the import table', () => {
  expect(violations(sourceFiles())).toEqual([])
})

test('src has no import cycles', () => {
  expect(cycles(sourceFiles())).toEqual([])
})

test('no room is over 300 lines', () => {
  const long = [...sourceFiles()].filter(([, text]) => text.split('\n').length > 301).map(([name]) => name)
  expect(long).toEqual([])
})

test('the table names every folder that exists', () => {
  const folders = readdirSync(source, { withFileTypes: true }).filter(
    // simulator/ holds the rooms of simulator.ts, which wires everything.
    entry =>
      entry.isDirectory() && entry.name !== 'simulator' && readdirSync(join(source, entry.name)).length > 0,
  )
  expect(folders.map(entry => entry.name).filter(name => !(name in allowed))).toEqual([])
})

test('planted imports are seen', () => {
  const planted = new Map([
    ['lib/a.ts', "import { x } from '../vtl/index.ts'\n"],
    ['services/s3/b.ts', "import { y } from '../ssm/index.ts'\n"],
    ['gateway/c.ts', "import { z } from '../project/load.ts'\nconsole.log(Date.now(), process.env.HOME)\n"],
    ['aws/d.ts', "import { S3Client } from '@aws-sdk/client-s3'\n"],
  ])
  expect(violations(planted)).toEqual([
    'lib/a.ts: lib may not import vtl/index.ts',
    'services/s3/b.ts: services never import each other (services/ssm/index.ts)',
    "gateway/c.ts: project/load.ts is not project's index.ts",
    'gateway/c.ts: console only in cli/',
    'gateway/c.ts: process.env only in config/',
    'gateway/c.ts: wall clock and random ids only behind ports/',
    'aws/d.ts: @aws-sdk/client-s3 only as `import type`',
  ])
  expect(
    cycles(
      new Map([
        ['lib/a.ts', "import { b } from './b.ts'\n"],
        ['lib/b.ts', "import { a } from './a.ts'\n"],
      ]),
    ),
  ).toEqual(['lib/a.ts → lib/b.ts → lib/a.ts'])
  expect(existsSync(source)).toBe(true)
})
