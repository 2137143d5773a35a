import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { UserError } from '../../../src/lib/index.ts'
import { parseJson } from '../../../src/project/source/parse-json.ts'
import { parseSimpleYaml } from '../../../src/project/source/parse-simple-yaml.ts'
import { parseFullYaml } from '../../../src/project/source/parse-yaml.ts'
import { plainValue, type SourceNode } from '../../../src/project/source/source-node.ts'
import { sourceText } from '../../../src/project/source/source-text.ts'

const source = (text: string, file = 'x.yaml') => sourceText(file, text, text, [])

/** A tree without its file, to be compared as a whole. */
function bare(node: SourceNode): unknown {
  if (node.kind === 'scalar') return [node.start, node.value, node.text, node.style]
  if (node.kind === 'list') return [node.start, node.items.map(bare)]
  const entries = [...node.entries.values()].map(({ key, start, value }) => [key, start, bare(value)])
  return { start: node.start, entries, repeated: node.repeated.map(({ key, start }) => [key, start]) }
}

const corpus = `swagger: '2.0'
# comment
info: {title: T, version: "1.0", x: [a, 1, -2.5, null, 'q''s', "a\\nb"]}
host: %HOST%
paths:
  /a/{id}:
    get:
      tags: [a, b]   # c
      parameters:
      - name: id
        in: path
      - {name: q, in: query}
      -
        x: y
      - - 1
        - 2
      - plain # c
      responses:
        200: {description: ok}
        default:
      t: |
        {
          "a": "$input.params('id')"

          #if(x)
        }
      u: |-
        strip

      v: |+
        keep

    n: ~
    m: 0123
    'quoted key': "v: w"
    "dq" : x
    url: http://x/y#z
    e:
    url: twice
z: true
`

test('the quick parser reads what Swagger files are made of as the full one does', () => {
  const fixture = fileURLToPath(new URL('./fixtures/framework/swagger/api.yaml', import.meta.url))
  for (const text of [corpus, readFileSync(fixture, 'utf8')]) {
    const quick = parseSimpleYaml(source(text))
    if (quick === undefined) throw new Error('the quick parser gave up')
    expect(bare(quick)).toEqual(bare(parseFullYaml(source(text))))
  }
})

test('the quick parser never reads what the full one refuses or reads otherwise', () => {
  const marks = ' \n-:#|>[]{},\'"&*!?%@`\t~ab10.  \n  '
  let seed = 20
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return seed % below
  }
  const lines = corpus.split('\n')
  let read = 0
  for (let round = 0; round < 4000; round++) {
    const from = random(lines.length)
    let text = lines.slice(from, from + 4 + random(14)).join('\n')
    const margin = /^ */.exec(text)?.[0].length ?? 0
    if (random(2) === 0) text = text.replaceAll(new RegExp(`^ {0,${margin}}`, 'gm'), '')
    for (let edits = random(4); edits >= 0; edits--) {
      const at = random(text.length + 1)
      const mark = random(3) === 0 ? '' : (marks[random(marks.length)] ?? '')
      text = text.slice(0, at) + mark + text.slice(at + random(2))
    }
    const quick = parseSimpleYaml(source(text))
    if (quick === undefined) continue
    read++
    expect({ text, tree: bare(quick) }).toEqual({ text, tree: bare(parseFullYaml(source(text))) })
  }
  expect(read).toBeGreaterThan(200)
})

test.each(['{', '[1,]', '{"a":1,}', '"a', '{"a" 1}', '01', 'nul', '{"a":1} x', '["\\q"]', '["a\nb"]', ''])(
  'JSON.parse and the JSON parser both refuse %j',
  text => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(() => parseJson(source(text))).toThrow(UserError)
  },
)

test.each([
  '{"a": [1, -2.5e3, true, false, null, "x\\u00e9\\n\\"", {}, []], "b": {"c": "ü"}}',
  ' [ ] ',
  '"text"',
  '{"a": 1, "a": 2}',
])('both read %s alike', text => {
  expect(plainValue(parseJson(source(text)))).toEqual(JSON.parse(text))
})

test('neither parser follows a bomb', () => {
  expect(() => parseJson(source('['.repeat(100_000)))).toThrow(UserError)
  expect(() => parseFullYaml(source('['.repeat(200_000)))).toThrow(UserError)
  const bomb = Array.from(
    { length: 30 },
    (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
  )
  const node = parseFullYaml(source(`a0: &a0 x\n${bomb.join('\n')}\n`))
  expect(node.kind).toBe('map')
})
