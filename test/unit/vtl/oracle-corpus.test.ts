import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createAwsEngine, readVtlCase, renderCase } from '../../../src/vtl/index.ts'
import { readLines } from './case-files.ts'

const folder = new URL('../../cases/vtl/', import.meta.url)

/** `[template, output]`, or `[template]` where Velocity throws; recorded from the oracle, see the folder's README. */
type Row = readonly [template: string, output?: string]

/** Java prints an object that has no text of its own with its address, which nobody can expect. */
function withoutAddresses(output: string): string {
  return output.replaceAll(/@[0-9a-f]{5,8}/g, '@address')
}

test.each([
  ['oracle-random.jsonl', 'oracle-context.json', 2756],
  ['oracle-methods.jsonl', 'oracle-methods-context.json', 1544],
])('%s', (file, contextFile, count) => {
  const engine = createAwsEngine()
  const context = readFileSync(new URL(contextFile, folder), 'utf8')
  const rows = readLines<Row>(new URL(file, folder))
  const differences = rows.flatMap(([template, expected], index) => {
    const line = `{"id":"${index}","template":${JSON.stringify(template)},"ctx":${context}}`
    const result = renderCase(engine, readVtlCase(line))
    const actual = 'out' in result ? withoutAddresses(result.out) : undefined
    return actual === expected ? [] : [{ template, expected, actual }]
  })
  expect(differences).toEqual([])
  expect(rows).toHaveLength(count)
})

test.each(
  readFileSync(new URL('well-known.jsonl', folder), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => [(JSON.parse(line) as { id: string }).id, line] as const),
)('well-known template: %s', (id, line) => {
  const { out } = JSON.parse(line) as { out: string }
  expect(renderCase(createAwsEngine(), readVtlCase(line))).toEqual({ id, out })
})
