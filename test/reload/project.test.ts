import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import type { ProjectChange, ProjectSnapshot } from '../../src/project/index.ts'
import { optionsFor, projectFolder, write } from '../unit/project/support.ts'
import { watched } from './support.ts'

const api = (path: string, template = 'x.vtl'): string => `swagger: '2.0'
info: {title: T, version: '1'}
paths:
  ${path}:
    get:
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: {$ref: ../mapping-templates/${template}}}
`
const files = {
  'swagger/a.yaml': api('/a'),
  'swagger/b.yaml': api('/b', 'y.vtl'),
  'mapping-templates/x.vtl': 'x1',
  'mapping-templates/y.vtl': 'y1',
  'handlers/one/index.ts':
    "import { shared } from '../../shared/s'\nexport const handler = async () => shared",
  'handlers/two/index.js': "exports.handler = async () => require('../lib/l').l",
  'handlers/three/index.py': 'def handler(event, context):\n    return 1\n',
  'handlers/lib/l.js': 'exports.l = 1',
  'shared/s.ts': 'export const shared = 1',
}

const paths = (snapshot: ProjectSnapshot | undefined): string[] =>
  snapshot?.apis.flatMap(one => one.resources.map(resource => resource.path)) ?? []
const template = (snapshot: ProjectSnapshot | undefined, id: string): string | undefined =>
  snapshot?.apis
    .find(one => one.id === id)
    ?.resources[0]?.methods.get('GET')
    ?.integration.requestTemplates.get('application/json')?.source
const codes = (change: ProjectChange): string[] => change.problems?.map(({ code }) => code) ?? []
const changedFunctions = (before: ProjectSnapshot, after: ProjectSnapshot | undefined): string[] =>
  [...(after?.functions.values() ?? [])]
    .filter(one => before.functions.get(one.name)?.fingerprint !== one.fingerprint)
    .map(one => one.name)

test('a template: only its API is read again', async () => {
  const directory = projectFolder(files)
  const { project, after } = await watched(directory)
  const before = project.snapshot
  const change = await after(() => write(directory, 'mapping-templates/x.vtl', 'x2'))
  expect(template(change.snapshot, 'a')).toBe('x2')
  expect(change.changed.map(file => relative(directory, file))).toEqual(['mapping-templates/x.vtl'])
  expect(change.snapshot).toBe(project.snapshot)
  expect(project.snapshot.version).toBe(before.version + 1)
  expect(project.snapshot.apis[0]).not.toBe(before.apis[0])
  expect(project.snapshot.apis[1]).toBe(before.apis[1])
  expect(changedFunctions(before, change.snapshot)).toEqual([])
})

test('only the functions whose own graph changed get another fingerprint', async () => {
  const directory = projectFolder(files)
  const { project, after } = await watched(directory)
  const changed = async (act: () => void): Promise<string[]> => {
    const before = project.snapshot
    return changedFunctions(before, (await after(act)).snapshot)
  }
  expect(
    await changed(() =>
      write(directory, 'handlers/two/index.js', 'exports.handler = () => require("../lib/l")'),
    ),
  ).toEqual(['two'])
  expect(await changed(() => write(directory, 'handlers/lib/l.js', 'exports.l = 2'))).toEqual(['two'])
  // Outside handlers/, and saved as editors do: written beside, then renamed.
  expect(
    await changed(() => {
      write(directory, 'shared/s.ts.tmp', 'export const shared = 2')
      renameSync(join(directory, 'shared/s.ts.tmp'), join(directory, 'shared/s.ts'))
    }),
  ).toEqual(['one'])
  expect(
    await changed(() => {
      renameSync(join(directory, 'shared/s.ts'), join(directory, 'shared/s.ts~'))
      write(directory, 'shared/s.ts', 'export const shared = 3')
    }),
  ).toEqual(['one'])
  expect(
    await changed(() => write(directory, 'handlers/three/index.py', 'def handler(e, c):\n    return 2\n')),
  ).toEqual(['three'])
  expect((await changed(() => write(directory, '.env', 'A=1'))).sort()).toEqual(['one', 'three', 'two'])
  expect(project.snapshot.functions.get('one')?.environment).toEqual({ A: '1' })
})

test('modules of src and lib are followed wherever a handler takes them from', async () => {
  const directory = projectFolder({
    ...files,
    'src/v1.2/deep/m.ts': 'export const m = 1',
    'handlers/four/index.ts': "import { m } from '../../src/v1.2/deep/m'; export const handler = () => m",
  })
  const { project, after } = await watched(directory)
  const changed = async (act: () => void): Promise<string[]> => {
    const before = project.snapshot
    return changedFunctions(before, (await after(act)).snapshot)
  }
  const handler = (text: string) => (): void => write(directory, 'handlers/four/index.ts', text)
  expect(await changed(() => write(directory, 'src/v1.2/deep/m.ts', 'export const m = 2'))).toEqual(['four'])
  expect(await changed(handler('export const handler = () => 4'))).toEqual(['four'])
  // Nothing takes it now; then it comes back, with a module that did not exist when watching began.
  write(directory, 'src/v1.2/deep/m.ts', "export * from '../new/n'")
  write(directory, 'src/v1.2/new/n.ts', 'export const m = 3')
  expect(
    await changed(handler("import { m } from '../../src/v1.2/deep/m'; export const handler = () => m")),
  ).toEqual(['four'])
  expect(await changed(() => write(directory, 'src/v1.2/new/n.ts', 'export const m = 5'))).toEqual(['four'])
})

test('a broken edit keeps the last good snapshot, says so, and recovers', async () => {
  const directory = projectFolder(files)
  const { project, after } = await watched(directory)
  const good = project.snapshot
  for (const [name, text, code] of [
    ['swagger/a.yaml', 'swagger: [', 'yaml-syntax'],
    ['mapping-templates/x.vtl', '#if(', 'template-syntax'],
    ['handlers/one/index.ts', 'export const = 1', 'handler-build'],
    ['handlers/two/index.js', 'exports.handler = (', 'handler-build'],
  ] as const) {
    const broken = await after(() => write(directory, name, text))
    expect([broken.snapshot, codes(broken)]).toEqual([undefined, [code]])
    expect(broken.problems?.[0]?.position?.file).toBe(join(directory, name))
    expect(project.snapshot.apis).toHaveLength(2)
    const fixed = await after(() => write(directory, name, files[name]))
    expect(fixed.problems).toBeUndefined()
    expect(changedFunctions(good, fixed.snapshot)).toEqual([])
  }
})

test('what breaks in two places is fixed one after the other', async () => {
  const directory = projectFolder(files)
  const { project, after } = await watched(directory)
  await after(() => write(directory, 'swagger/a.yaml', 'x'))
  const second = await after(() => write(directory, 'swagger/b.yaml', '{'))
  expect(codes(second).sort()).toEqual(['not-openapi', 'yaml-syntax'])
  expect(codes(await after(() => write(directory, 'swagger/b.yaml', api('/c'))))).toEqual(['not-openapi'])
  expect(paths(project.snapshot)).toEqual(['/a', '/b'])
  expect(paths((await after(() => write(directory, 'swagger/a.yaml', api('/a')))).snapshot)).toEqual([
    '/a',
    '/c',
  ])
})

test('new, deleted and renamed files and folders', async () => {
  const directory = projectFolder(files)
  const { project, after } = await watched(directory)
  const names = (change: ProjectChange): string[] => [...(change.snapshot?.functions.keys() ?? [])].sort()
  const has = (name: string) => (change: ProjectChange) => change.snapshot?.functions.has(name) === true
  expect(
    names(
      await after(() => write(directory, 'handlers/four/index.js', 'exports.handler = () => 4'), has('four')),
    ),
  ).toEqual(['four', 'one', 'three', 'two'])
  expect(
    names(
      await after(
        () => renameSync(join(directory, 'handlers/four'), join(directory, 'handlers/five')),
        has('five'),
      ),
    ),
  ).toEqual(['five', 'one', 'three', 'two'])
  const gone = (change: ProjectChange): boolean => change.snapshot?.functions.has('five') === false
  expect(
    names(await after(() => rmSync(join(directory, 'handlers/five'), { recursive: true }), gone)),
  ).toEqual(['one', 'three', 'two'])
  await after(
    () => write(directory, 'swagger/c.yaml', api('/c')),
    change => paths(change.snapshot).includes('/c'),
  )
  await after(() => rmSync(join(directory, 'swagger/c.yaml')))
  expect(paths(project.snapshot)).toEqual(['/a', '/b'])
  const missing = await after(() => rmSync(join(directory, 'mapping-templates/y.vtl')))
  expect(codes(missing)).toEqual(['unresolved-reference'])
  expect(template((await after(() => write(directory, 'mapping-templates/y.vtl', 'y2'))).snapshot, 'b')).toBe(
    'y2',
  )
})

test('folders that come into being later', async () => {
  const directory = projectFolder({})
  const { after } = await watched(directory)
  const change = await after(
    () => {
      write(directory, 'mapping-templates/deep/x.vtl', 'x')
      write(directory, 'swagger/a.yaml', api('/a', 'deep/x.vtl'))
      write(directory, 'handlers/f/index.ts', 'export const handler = () => 1')
    },
    ({ snapshot }) => snapshot?.functions.has('f') === true && snapshot.apis.length === 1,
  )
  expect(template(change.snapshot, 'a')).toBe('x')
})

test('an import that was missing is found once it is there', async () => {
  const directory = projectFolder(files)
  const { after } = await watched(directory)
  const broken = await after(() => write(directory, 'handlers/one/index.ts', "export * from '../lib/later'"))
  expect(codes(broken)).toEqual(['handler-build'])
  const fixed = await after(() =>
    write(directory, 'handlers/lib/later.ts', 'export const handler = async () => 1'),
  )
  expect(fixed.snapshot?.functions.has('one')).toBe(true)
})

test('two saves within one chokidar window: the second is not lost', async () => {
  const directory = projectFolder(files)
  const { after } = await watched(directory)
  await after(() => write(directory, 'mapping-templates/x.vtl', 'first'))
  const second = await after(() => write(directory, 'mapping-templates/x.vtl', 'second'))
  expect(template(second.snapshot, 'a')).toBe('second')
})

test('many files at once, as a checkout writes them', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`swagger/n${index}.yaml`, api(`/n${index}`)]),
  )
  const directory = projectFolder({ ...files, ...many })
  const { after, changes } = await watched(directory)
  const change = await after(
    () => {
      for (const index of Array.from({ length: 40 }).keys())
        write(directory, `swagger/n${index}.yaml`, api(`/m${index}`))
    },
    ({ snapshot }) => paths(snapshot).filter(path => path.startsWith('/m')).length === 40,
  )
  expect(paths(change.snapshot)).toHaveLength(42)
  expect(changes.length).toBeLessThan(10)
  expect(changes.flatMap(({ problems }) => problems ?? [])).toEqual([])
})

test('an editor that truncates first', async () => {
  const directory = projectFolder(files)
  const { project, after, changes } = await watched(directory)
  const file = join(directory, 'swagger/a.yaml')
  const { openSync, writeSync, closeSync } = await import('node:fs')
  const descriptor = openSync(file, 'w')
  const change = await after(() => {
    writeSync(descriptor, api('/truncated'))
    closeSync(descriptor)
  })
  expect(paths(change.snapshot)).toEqual(['/truncated', '/b'])
  expect(changes).toHaveLength(1)
  expect(project.snapshot).toBe(change.snapshot)
})

test('reload, reconfigure and files to be told of', async () => {
  const directory = projectFolder({ ...files, 'config/values.json': '1' })
  const { project, after } = await watched(directory, { watchAlso: ['config/values.json'] })
  const told = await after(() => write(directory, 'config/values.json', '2'))
  expect(told.changed).toEqual([join(directory, 'config/values.json')])
  const config = await after(() => write(directory, 'lambdarium.config.json', '{}'))
  expect(config.changed).toEqual([join(directory, 'lambdarium.config.json')])
  const before = project.snapshot
  const changed = await after(() => {
    void project.reconfigure(optionsFor(directory, { stages: { prod: { variables: { a: 'b' } } } }))
  })
  expect([...(changed.snapshot?.stages.values() ?? [])]).toEqual([{ name: 'prod', variables: { a: 'b' } }])
  expect(project.snapshot.version).toBe(before.version + 1)
  expect(changedFunctions(before, changed.snapshot)).toEqual([])
  await project.reload()
  expect(project.snapshot.version).toBe(before.version + 2)
})

test('nothing is watched when nobody wants it', async () => {
  const directory = projectFolder(files)
  const { project, changes } = await watched(directory, { watch: false })
  mkdirSync(join(directory, 'handlers/x'))
  writeFileSync(join(directory, 'handlers/x/index.js'), '')
  expect(project.snapshot.functions.has('x')).toBe(false)
  await project.reload()
  expect(project.snapshot.functions.has('x')).toBe(true)
  expect(changes).toHaveLength(1)
})

test('what a handler writes beside itself is no change', async () => {
  const directory = projectFolder({ ...files, 'src/other/thing.ts': '' })
  const { project, after, changes } = await watched(directory)
  const { version } = project.snapshot
  write(directory, 'handlers/two/result.csv', 'a,b')
  write(directory, 'src/other/thing.ts', 'export {}')
  const change = await after(() =>
    write(directory, 'handlers/two/index.js', 'exports.handler = async () => 3'),
  )
  expect(change.changed).toEqual([join(directory, 'handlers/two/index.js')])
  expect([changes.length, project.snapshot.version]).toEqual([1, version + 1])
})

test('a file of a layer: the functions that have it are made anew', async () => {
  const directory = projectFolder({
    'handlers/with.js': 'exports.handler = () => require("shared").a',
    'handlers/without.js': 'exports.handler = () => 1',
    'layers/shared/nodejs/node_modules/shared/index.js': 'exports.a = 1',
  })
  const { project, after } = await watched(directory, {
    functions: { with: { layers: ['layers/shared'] } },
  })
  await after(() => write(directory, 'handlers/without.js', 'exports.handler = () => 2'))
  const before = project.snapshot
  const change = await after(() =>
    write(directory, 'layers/shared/nodejs/node_modules/shared/index.js', 'exports.a = 2'),
  )
  expect(changedFunctions(before, change.snapshot)).toEqual(['with'])
})
