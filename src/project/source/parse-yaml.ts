import { createRequire } from 'node:module'
import type { Document, Scalar } from 'yaml'
import { UserError } from '../../lib/index.ts'
import { parseSimpleYaml } from './parse-simple-yaml.ts'
import type { MapEntry, MapNode, ScalarNode, SourceNode } from './source-node.ts'
import type { SourceText } from './source-text.ts'

const deepest = 500

/** Reads YAML 1.2 with CloudFormation's short tags, anchors and merge keys. Throws a `UserError` at the first fault. */
export function parseYaml(source: SourceText): SourceNode {
  return parseSimpleYaml(source) ?? parseFullYaml(source)
}

type YamlLibrary = typeof import('yaml')

/** The way for everything; the library is loaded by the first file that needs it. */
export function parseFullYaml(source: SourceText): SourceNode {
  const yaml = createRequire(import.meta.url)('yaml') as YamlLibrary
  const document = parseDocument(yaml, source)
  // A placeholder that nobody replaced is told apart later; the rest of the file is sound.
  const error = document.errors.find(
    ({ code, pos }) =>
      code !== 'BAD_SCALAR_START' || !/^%[A-Z]\w+%/.test(source.text.slice(pos[0], pos[0] + 80)),
  )
  if (error !== undefined) {
    const place = source.placeAt(error.pos[0])
    throw new UserError('yaml-syntax', `This is not YAML: ${error.message.split('\n')[0]}`, {
      ...place,
      hint: yamlHint(error.code),
      cause: error,
    })
  }
  return toNode(document, source, yaml)
}

function parseDocument(yaml: YamlLibrary, source: SourceText): Document.Parsed {
  try {
    return yaml.parseDocument(source.text, {
      uniqueKeys: false,
      keepSourceTokens: false,
      prettyErrors: false,
      logLevel: 'silent',
    })
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new UserError('too-deep', 'Nested deeper than can be read', {
      ...source.placeAt(0),
      hint: 'Look for brackets that are not closed.',
      cause,
    })
  }
}

function yamlHint(code: string): string {
  if (code === 'TAB_AS_INDENT') return 'YAML is indented with spaces, not tabs.'
  if (code === 'BAD_INDENT') return 'The indentation of this line does not fit the lines above it.'
  if (code === 'MISSING_CHAR' || code === 'BAD_SCALAR_START')
    return 'Put texts with special characters (% { [ & * ! | > @ `) in quotes.'
  return 'Compare the indentation and the quotes with the lines around.'
}

function toNode(document: Document.Parsed, source: SourceText, yaml: YamlLibrary): SourceNode {
  const { isAlias, isMap, isScalar, isSeq } = yaml
  const anchors = new Map<string, SourceNode>()
  const convert = (node: unknown, parentStart: number, depth: number): SourceNode => {
    if (depth > deepest)
      throw new UserError('too-deep', `Nested deeper than ${deepest} levels`, {
        ...source.placeAt(parentStart),
        hint: 'API Gateway has no use for a document of such depth; look for a missing closing bracket.',
      })
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      const start = node.range?.[0] ?? parentStart
      if (target === undefined)
        throw new UserError('yaml-syntax', `No anchor &${node.source} stands before this alias`, {
          ...source.placeAt(start),
          hint: 'An anchor must be written before it is used, and not inside itself.',
        })
      return target
    }
    const made = tagged(node, convertPlain(node, parentStart, depth))
    const anchor = (node as { anchor?: string } | null)?.anchor
    if (anchor !== undefined) anchors.set(anchor, made)
    return made
  }
  const convertPlain = (node: unknown, parentStart: number, depth: number): SourceNode => {
    if (isMap(node)) {
      const start = node.range?.[0] ?? parentStart
      const entries = new Map<string, MapEntry>()
      const repeated: MapEntry[] = []
      const merged: SourceNode[] = []
      for (const pair of node.items) {
        const keyNode = pair.key
        if (!isScalar(keyNode)) continue
        const keyStart = keyNode.range?.[0] ?? start
        const key = scalarText(keyNode)
        const value = convert(pair.value, keyNode.range?.[1] ?? keyStart, depth + 1)
        if (key === '<<' && keyNode.type === 'PLAIN') {
          merged.push(...(value.kind === 'list' ? value.items : [value]))
          continue
        }
        const entry = { key, start: keyStart, value }
        if (entries.has(key)) repeated.push(entry)
        entries.set(key, entry)
      }
      for (const other of merged) {
        if (other.kind !== 'map') continue
        for (const [key, entry] of other.entries) if (!entries.has(key)) entries.set(key, entry)
      }
      return { kind: 'map', origin: source, start, end: node.range?.[1] ?? start, entries, repeated }
    }
    if (isSeq(node)) {
      const start = node.range?.[0] ?? parentStart
      const items = node.items.map(item => convert(item, start, depth + 1))
      return { kind: 'list', origin: source, start, end: node.range?.[1] ?? start, items }
    }
    return scalarNode(isScalar(node) ? node : undefined, source, parentStart)
  }
  return convert(document.contents, 0, 0)
}

const styles: Readonly<Record<string, ScalarNode['style']>> = {
  BLOCK_FOLDED: 'folded',
  BLOCK_LITERAL: 'literal',
  PLAIN: 'plain',
  QUOTE_DOUBLE: 'quoted',
  QUOTE_SINGLE: 'single',
}

function scalarNode(node: Scalar | undefined, origin: SourceText, parentStart: number): ScalarNode {
  if (node === undefined)
    return {
      kind: 'scalar',
      origin,
      start: parentStart,
      end: parentStart,
      value: null,
      text: '',
      style: 'plain',
    }
  const start = node.range?.[0] ?? parentStart
  const raw = node.value
  const value =
    raw === null || typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean'
      ? raw
      : String(raw)
  return {
    kind: 'scalar',
    origin,
    start,
    end: node.range?.[1] ?? start,
    value,
    text: value === null ? '' : scalarText(node),
    style: styles[node.type ?? 'PLAIN'] ?? 'plain',
  }
}

function scalarText(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}

/** `!Sub text` is `Fn::Sub: text`, as CloudFormation reads it. */
function tagged(node: unknown, made: SourceNode): SourceNode {
  const tag = (node as { tag?: string } | null)?.tag
  if (tag === undefined || !/^!\w+$/.test(tag)) return made
  const name = tag.slice(1)
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`
  const map: MapNode = {
    kind: 'map',
    origin: made.origin,
    start: made.start,
    end: made.end,
    entries: new Map([[key, { key, start: made.start, value: made }]]),
    repeated: [],
  }
  return map
}
