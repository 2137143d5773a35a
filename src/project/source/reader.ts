import { nearestName, UserError } from '../../lib/index.ts'
import type { Place, Report } from '../problems.ts'
import { evaluateIntrinsic, type IntrinsicScope, replacePseudoParameters } from './intrinsics.ts'
import { resolveReference } from './references.ts'
import type { SourceFiles } from './source-files.ts'
import { describeKind, type MapNode, type ScalarNode, type SourceNode } from './source-node.ts'

/** One key of a mapping, its value with references followed. */
export interface Member {
  readonly key: string
  readonly value: SourceNode
  /** Where the key stands. */
  readonly place: Place
}

/** Reads parsed files: follows `$ref`, evaluates CloudFormation's functions, and reports what is not as expected. */
export interface Reader {
  readonly report: Report
  /** Every file that was read, for the watch list. */
  readonly opened: Set<string>
  /** The root of a file; undefined (and reported) where it cannot be read. */
  open(file: string): SourceNode | undefined
  /** The value behind a `$ref`, or the value itself; undefined (and reported) where the reference leads nowhere. */
  follow(node: SourceNode): SourceNode | undefined
  /** A member's value; undefined where the node is no mapping, or the member is absent or null. */
  get(node: SourceNode | undefined, key: string): SourceNode | undefined
  /** The members of a mapping, without those that are null; anything else is reported as `what`. */
  members(node: SourceNode | undefined, what: string): Member[]
  /** The items of a list; anything else is reported as `what`. */
  items(node: SourceNode | undefined, what: string): SourceNode[]
  /** A scalar or a CloudFormation function as text; anything else is reported as `what`. */
  text(node: SourceNode | undefined, what: string): string | undefined
  /**
   * `scalar` with `${AWS::Region}` and its like replaced even where no `Fn::Sub` stands around: published files that
   * a CloudFormation template includes are written so, and neither a URI nor a mapping template can mean anything else by it.
   */
  substituted(node: SourceNode | undefined, what: string): ScalarNode | undefined
  /** The text with its node, for those who report places inside it. */
  scalar(node: SourceNode | undefined, what: string): ScalarNode | undefined
  boolean(node: SourceNode | undefined, what: string): boolean | undefined
  integer(node: SourceNode | undefined, what: string): number | undefined
}

/** Where a value stands. */
export function placeOf(node: SourceNode): Place {
  return node.origin.placeAt(node.start)
}

/** A reader over `files` that reports to `report`. */
export function createReader(files: SourceFiles, report: Report, scope: IntrinsicScope): Reader {
  const opened = new Set<string>()
  const open = (file: string): SourceNode | undefined => {
    opened.add(file)
    try {
      return files.open(file).root
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      if (!report.problems.includes(error)) report.problems.push(error)
      return undefined
    }
  }
  const follow = (node: SourceNode): SourceNode | undefined => {
    let current: SourceNode = node
    for (let hops = 0; ; hops++) {
      const reference = referenceOf(current)
      if (reference === undefined) return current
      const place = placeOf(reference)
      if (hops > 50) {
        report.problem(
          'circular-reference',
          `$ref ${JSON.stringify(reference.text)} leads back to itself`,
          place,
          'Let one of the references hold the value itself.',
        )
        return undefined
      }
      const found = resolveReference(reference, open, file => opened.add(file))
      if (found.node === undefined) {
        if (found.message !== undefined)
          report.problem('unresolved-reference', found.message, place, found.hint)
        return undefined
      }
      current = found.node
    }
  }
  const expect = (node: SourceNode, expected: string, what: string): undefined => {
    report.problem(
      'wrong-type',
      `${what} must be ${expected}, not ${describeKind(node)}`,
      placeOf(node),
      `Write ${expected} here, or leave it out.`,
    )
    return undefined
  }
  const members: Reader['members'] = (node, what) => {
    const map = node && follow(node)
    if (map === undefined || isNull(map)) return []
    if (map.kind !== 'map') return expect(map, 'a mapping', what) ?? []
    const found: Member[] = []
    for (const [key, entry] of map.entries) {
      const value = isNull(entry.value) ? undefined : follow(entry.value)
      if (value !== undefined && !isNull(value))
        found.push({ key, value, place: entry.value.origin.placeAt(entry.start) })
    }
    return found
  }
  const reader: Reader = {
    report,
    opened,
    open,
    follow,
    members,
    get(node, key) {
      const map = node && follow(node)
      const entry = map?.kind === 'map' ? map.entries.get(key) : undefined
      const value = entry && follow(entry.value)
      return value === undefined || isNull(value) ? undefined : value
    },
    items(node, what) {
      const list = node && follow(node)
      if (list === undefined || isNull(list)) return []
      if (list.kind !== 'list') return expect(list, 'a list', what) ?? []
      return list.items.flatMap(item => follow(item) ?? [])
    },
    scalar(node, what) {
      const value = node && follow(node)
      if (value === undefined || isNull(value)) return undefined
      if (value.kind === 'scalar') return value
      const text = evaluateIntrinsic(value, scope)
      if (text === undefined) return expect(value, 'a text', what)
      return {
        kind: 'scalar',
        origin: value.origin,
        start: value.start,
        end: value.end,
        value: text,
        text,
        style: 'folded',
      }
    },
    text: (node, what) => reader.scalar(node, what)?.text,
    substituted(node, what) {
      const value = reader.scalar(node, what)
      const text = value && replacePseudoParameters(value.text, scope)
      if (value === undefined || text === undefined || text === value.text) return value
      report.finding(
        'info',
        'pseudo-parameter-in-text',
        `${what} is a plain text: \${AWS::…} is replaced in it as within Fn::Sub`,
        placeOf(value),
        'CloudFormation does so only where the file is included in a template; ImportRestApi does not.',
      )
      return { ...value, value: text, text, style: 'folded' }
    },
    boolean(node, what) {
      const value = reader.scalar(node, what)
      if (value === undefined) return undefined
      if (typeof value.value === 'boolean') return value.value
      if (/^(true|false)$/i.test(value.text)) return value.text.toLowerCase() === 'true'
      return expect(value, 'true or false', what)
    },
    integer(node, what) {
      const value = reader.scalar(node, what)
      if (value === undefined) return undefined
      if (/^-?\d+$/.test(value.text)) return Number(value.text)
      return expect(value, 'a whole number', what)
    },
  }
  return reader
}

/** Whether a value is null. */
export function isNull(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null
}

/** The `$ref` of a mapping that is a reference. */
export function referenceOf(node: SourceNode): ScalarNode | undefined {
  const value = node.kind === 'map' ? node.entries.get('$ref')?.value : undefined
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value : undefined
}

/** Reports members whose key is not one of `known`. */
export function reportUnknownKeys(
  reader: Reader,
  node: SourceNode,
  known: ReadonlySet<string>,
  what: string,
): void {
  const map = reader.follow(node)
  if (map?.kind !== 'map') return
  for (const [key, entry] of (map as MapNode).entries) {
    if (known.has(key)) continue
    const near = nearestName(key, known)
    reader.report.finding(
      'warning',
      'unknown-key',
      `${what} has no property ${JSON.stringify(key)}; it is ignored`,
      entry.value.origin.placeAt(entry.start),
      near === undefined ? `Known are ${[...known].join(', ')}.` : `Did you mean ${near}?`,
    )
  }
}
