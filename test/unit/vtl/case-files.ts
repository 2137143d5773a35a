import { readFileSync } from 'node:fs'
import { readVtlCase, type VtlCase } from '../../../src/vtl/index.ts'

/** Gives the contexts of a file by name, each time anew, because templates change what they see. */
export function readCaseContexts(json: string): (name: string) => VtlCase['ctx'] {
  // The product's own reader keeps `1.0` apart from `1`, which JSON.parse does not.
  const texts = contextTexts(json)
  return name => {
    const text = texts.get(name)
    if (text === undefined) throw new Error(`no context ${name}`)
    return readVtlCase(`{"id":"","template":"","ctx":${text}}`).ctx
  }
}

/** The members of the outermost object as they are written: each begins a line indented by one blank. */
function contextTexts(json: string): Map<string, string> {
  const starts = [...json.matchAll(/^ "(\w+)": \{/gm)]
  return new Map(
    starts.map((start, index) => {
      const from = start.index + start[0].length - 1
      const to = starts[index + 1]?.index ?? json.lastIndexOf('}')
      return [start[1] ?? '', json.slice(from, to).trim().replace(/,$/, '')]
    }),
  )
}

/** The rows of a file that holds one JSON value per line. */
export function readLines<Row>(file: URL): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Row)
}
