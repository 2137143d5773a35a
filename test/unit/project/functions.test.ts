import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { FunctionDefinition } from '../../../src/ports/index.ts'
import { loadProject } from '../../../src/project/index.ts'
import { optionsFor, problemsOf, projectFolder, snapshotOf, write } from './support.ts'

const node = `nodejs${process.versions.node.split('.')[0]}.x`

/** Runs what a function's environment would load, in a process of its own. */
function run({ entry }: FunctionDefinition): unknown {
  if (entry === undefined) throw new Error('a bundle was expected')
  const script = `import * as m from ${JSON.stringify(pathToFileURL(entry).href)}
const handler = m.handler ?? m.default.handler
process.stdout.write(JSON.stringify(await handler({})))`
  const text = execFileSync(process.execPath, ['--input-type=module', '--enable-source-maps', '-e', script], {
    encoding: 'utf8',
  })
  return JSON.parse(text)
}

test('every layout of a handler is found', async () => {
  const snapshot = await snapshotOf({
    'handlers/a/index.ts': 'export const handler = async () => 1',
    'handlers/b/index.mjs': 'export const handler = async () => 1',
    'handlers/c/index.py': 'def handler(event, context):\n    return 1\n',
    'handlers/d/lambda_function.py': 'def lambda_handler(event, context):\n    return 1\n',
    'handlers/e/app.py': 'async def lambda_handler(event, context):\n    return 1\n',
    'handlers/f.js': 'exports.handler = async () => 1',
    'handlers/g.py': 'def handler(event, context):\n    return 1\n',
    'handlers/h/app.js': 'exports.lambdaHandler = async () => 1',
    'handlers/i/bootstrap': '#!/bin/sh\n',
    'handlers/j/j.js': 'exports.handler = async () => 1',
    'handlers/nothing/readme.md': '',
    'handlers/lib/shared.js': 'exports.x = 1',
    'handlers/f.test.js': '',
    'handlers/types.d.ts': '',
    'handlers/__pycache__/x.py': '',
  })
  const found = [...snapshot.functions.values()].map(one => [
    one.name,
    one.handler,
    one.runtime,
    one.entry !== undefined,
  ])
  expect(found.sort()).toEqual([
    ['a', 'index.handler', node, true],
    ['b', 'index.handler', node, false],
    ['c', 'index.handler', 'python3.13', false],
    ['d', 'lambda_function.lambda_handler', 'python3.13', false],
    ['e', 'app.lambda_handler', 'python3.13', false],
    ['f', 'f.handler', node, false],
    ['g', 'g.handler', 'python3.13', false],
    ['h', 'app.lambdaHandler', node, false],
    ['i', 'bootstrap', 'provided.al2023', false],
    ['j', 'j.handler', node, false],
  ])
  expect(snapshot.findings.map(({ code, message }) => [code, message])).toEqual([
    ['no-handler-found', 'handlers/nothing holds no handler; it is not a function'],
  ])
})

test('configuration, defaults and .env make the function', async () => {
  const directory = projectFolder({
    '.env': 'A=dotenv\nB="two words" # comment\nC=${A}\n',
    'handlers/a/index.js': 'exports.handler = async () => 1',
    'handlers/tools/deep/main.js': 'exports.run = async () => 1',
  })
  const { snapshot } = await loadProject(
    optionsFor(directory, {
      functions: {
        a: { timeout: 9, environment: { B: 'own' }, role: 'reader', description: 'first' },
        other: { handler: 'tools/deep/main.run', memorySize: 512 },
      },
      lambdaDefaults: { timeout: 5, runtime: 'nodejs18.x', environment: { A: 'default' }, layers: ['l1'] },
    }),
  )
  const [a, other] = [snapshot.functions.get('a'), snapshot.functions.get('other')]
  expect(a).toEqual({
    name: 'a',
    runtime: 'nodejs18.x',
    handler: 'index.handler',
    codeDirectory: join(directory, 'handlers/a'),
    libraries: [join(directory, 'handlers')],
    timeout: 9,
    memorySize: 128,
    environment: { A: 'default', B: 'own', C: '${A}' },
    role: 'arn:aws:iam::123456789012:role/reader',
    layers: [join(directory, 'l1')],
    description: 'first',
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  expect([other?.handler, other?.codeDirectory, other?.memorySize]).toEqual([
    'tools/deep/main.run',
    join(directory, 'handlers'),
    512,
  ])
})

test('configuration of a function that is not there', async () => {
  const problems = await problemsOf(
    { 'handlers/a/index.js': '' },
    { functions: { b: { timeout: 1 }, c: { handler: 'x.y' } } },
  )
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['unknown-function', 'The configuration describes the function b, but there is no such handler'],
    ['unknown-handler', 'The handler x.y of the function c leads to no file'],
  ])
})

test('the layout of a Python framework: src/<function>/index.py beside lib/ and build/', async () => {
  const directory = projectFolder({
    'src/one/index.py': 'from lib import common\ndef handler(event, context):\n    return common.x\n',
    'src/one/__init__.py': '',
    'lib/common.py': 'x = 1\n',
    'build/requests/__init__.py': '',
  })
  const { snapshot, files } = await loadProject(optionsFor(directory))
  expect(snapshot.functions.get('one')).toMatchObject({
    handler: 'index.handler',
    codeDirectory: join(directory, 'src/one'),
    libraries: [directory, join(directory, 'build')],
  })
  expect(files).toContain(join(directory, 'lib/common.py'))
})

test('TypeScript is bundled: own places, shared files, packages beside the handler, both module kinds', async () => {
  const directory = projectFolder({
    'handlers/a/index.ts': `import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shared } from '../lib/shared'
import pkg from 'one'
import { two } from 'two'
enum Kind { A = 'a' }
export const handler = async (): Promise<unknown> => ({
  kind: Kind.A, shared: shared(), pkg: pkg.name, two,
  file: readFileSync(join(__dirname, 'data.txt'), 'utf8'),
  url: new URL('./data.txt', import.meta.url).pathname.endsWith('/handlers/a/data.txt'),
})`,
    'handlers/a/data.txt': 'beside',
    'handlers/a/node_modules/one/package.json': '{"name": "one", "main": "main.js"}',
    'handlers/a/node_modules/one/main.js': 'module.exports = { name: "one" }',
    'handlers/lib/shared.ts': 'export const shared = (): string => __filename.slice(-13)',
    'node_modules/two/package.json': '{"name": "two", "type": "module", "exports": "./x.js"}',
    'node_modules/two/x.js': 'export const two = 2',
    'handlers/b/index.mts': `import { fileURLToPath } from 'node:url'
import pkg from 'one'
const __filename = fileURLToPath(import.meta.url)
const value = await Promise.resolve(5)
export const handler = async () => ({ value, file: __filename.slice(-9), pkg: pkg.name })`,
    'handlers/b/node_modules/one/package.json': '{"name": "one", "main": "main.js"}',
    'handlers/b/node_modules/one/main.js': 'module.exports = { name: "another one" }',
    'handlers/c/index.ts': 'const value = await Promise.resolve(6)\nexport const handler = async () => value',
    'handlers/d/index.ts': 'module.exports.handler = async () => 7',
  })
  const { snapshot } = await loadProject(optionsFor(directory))
  const results = ['a', 'b', 'c', 'd'].map(name => {
    const definition = snapshot.functions.get(name)
    if (definition === undefined) throw new Error(`${name} is missing`)
    expect(existsSync(`${definition.entry}.map`)).toBe(true)
    return run(definition)
  })
  expect(results).toEqual([
    { kind: 'a', shared: 'lib/shared.ts', pkg: 'one', two: 2, file: 'beside', url: true },
    { value: 5, file: 'index.mts', pkg: 'another one' },
    6,
    7,
  ])
})

test('JavaScript runs as it is, unless it imports TypeScript', async () => {
  const snapshot = await snapshotOf({
    'handlers/a/index.mjs':
      'const value = await Promise.resolve(1)\nexport const handler = async () => value',
    'handlers/b/index.js': "const { two } = require('../lib/two')\nexports.handler = async () => two",
    'handlers/c/index.mjs': "import { two } from '../lib/two.ts'\nexport const handler = async () => two + 1",
    'handlers/lib/two.ts': 'export const two: number = 2',
  })
  expect(snapshot.findings).toEqual([])
  const [a, b, c] = ['a', 'b', 'c'].map(name => snapshot.functions.get(name))
  expect(a?.entry).toBeUndefined()
  if (b === undefined || c === undefined) throw new Error('b and c were expected')
  expect([run(b), run(c)]).toEqual([2, 3])
})

test('a package that is not installed is reported, one of the runtime is not', async () => {
  const snapshot = await snapshotOf({
    'handlers/a/index.ts':
      "import x from 'left-out'\nimport { S3Client } from '@aws-sdk/client-s3'\nexport const handler = () => [x, S3Client]",
  })
  expect(snapshot.findings.map(({ code, message }) => [code, message])).toEqual([
    ['missing-package', 'The function a imports left-out, which is not installed'],
  ])
})

test('plain JavaScript with a fault is reported, and Node says so when it is called', async () => {
  const snapshot = await snapshotOf({
    'handlers/a/index.js': 'exports.handler = async () => {\n  return {{\n}',
  })
  expect(snapshot.findings).toMatchObject([
    { severity: 'error', code: 'handler-build', position: { line: 2, column: 11 } },
  ])
  expect(snapshot.functions.has('a')).toBe(true)
})

test('fingerprints depend on what a function depends on, and on nothing else', async () => {
  const files = {
    'handlers/a/index.ts': "import { x } from '../../shared/x'\nexport const handler = async () => x",
    'handlers/b/index.js': "exports.handler = async () => require('../lib/y').y",
    'handlers/c.py': 'def handler(event, context):\n    return 1\n',
    'handlers/lib/y.js': 'exports.y = 1',
    'handlers/lib/z.py': 'z = 1\n',
    'shared/x.ts': 'export const x = 1',
  }
  const directory = projectFolder(files)
  const load = async () => (await loadProject(optionsFor(directory))).snapshot.functions
  const before = await load()
  const changedBy = async (name: string, text: string): Promise<string[]> => {
    const was = await load()
    write(directory, name, text)
    const now = await load()
    return [...now.keys()].filter(key => now.get(key)?.fingerprint !== was.get(key)?.fingerprint)
  }
  expect((await load()).get('a')?.fingerprint).toBe(before.get('a')?.fingerprint)
  expect(await changedBy('shared/x.ts', 'export const x = 2')).toEqual(['a'])
  expect(await changedBy('handlers/lib/y.js', 'exports.y = 2')).toEqual(['b'])
  expect(await changedBy('handlers/lib/z.py', 'z = 2\n')).toEqual(['c'])
  expect(await changedBy('handlers/b/notes.txt', 'x')).toEqual([])
  expect(await changedBy('.env', 'A=1')).toEqual(['a', 'b', 'c'])
})
