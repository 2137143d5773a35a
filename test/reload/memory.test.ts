import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { projectFolder, write } from '../unit/project/support.ts'
import { watched } from './support.ts'

const withTemplate = (index: number): string =>
  `swagger: '2.0'\npaths:\n  /p${index}:\n    get:\n      x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: {$ref: ../mapping-templates/x.vtl}}}\n`

test('400 reloads of a project that is held open leave the heap flat', async () => {
  const directory = projectFolder({
    // A template that no file names is no part of the project: its edits are not told.
    'swagger/a.yaml': withTemplate(0),
    'mapping-templates/x.vtl': 'x',
    'handlers/typed/index.ts': 'export const handler = async () => 0',
    'handlers/plain/index.js': 'exports.handler = async () => 0',
  })
  const { project, after, changes } = await watched(directory)
  const edits: ((index: number) => void)[] = [
    index => write(directory, 'handlers/typed/index.ts', `export const handler = async () => ${index}`),
    index => write(directory, 'handlers/plain/index.js', `exports.handler = async () => ${index}`),
    index => write(directory, 'mapping-templates/x.vtl', `#set($a = ${index % 7})$a`),
    index => write(directory, 'swagger/a.yaml', withTemplate(index)),
  ]
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heap = (): number => {
    // The record of this test itself would be what grows.
    ;(changes as unknown[]).length = 0
    collect()
    return process.memoryUsage().heapUsed
  }
  const version = project.snapshot.version
  let early = 0
  for (let index = 1; index <= 400; index++) {
    await after(() => edits[index % edits.length]?.(index))
    if (index === 200) early = heap()
  }
  expect(project.snapshot.version).toBe(version + 400)
  expect(heap() - early).toBeLessThan(3_000_000)
}, 600_000)
