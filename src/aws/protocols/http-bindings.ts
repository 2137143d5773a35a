import { Readable } from 'node:stream'
import { AwsError } from '../aws-error.ts'
import { decodeWords, encodeWords } from './encoded-word.ts'
import { textOfValue, valueOfText } from './http-text.ts'
import type { Member, Shape, StructureShape } from './shapes.ts'
import { headerValue, type WireRequest } from './wire.ts'

/** A member outside of the body, the name of its header in lower case. */
export interface BoundMember extends Member {
  readonly header: string | undefined
}

/** Where the members of a REST operation's input or output stand. */
export interface Bindings {
  readonly bound: readonly BoundMember[]
  readonly payload: Member | undefined
  /** The members that make up the document in the body; none where there is a payload. */
  readonly document: StructureShape
}

/** Sorts a shape's members by their place. Output keeps only what an answer has: shared shapes carry request traits too. */
export function bindingsOf(shape: StructureShape, direction: 'input' | 'output'): Bindings {
  const bound: BoundMember[] = []
  const bind = (member: Member): void =>
    void bound.push({ ...member, header: member.traits.header?.toLowerCase() })
  const document: Member[] = []
  let payload: Member | undefined
  for (const member of shape.members) {
    const { label, query, queryParams, header, prefix, responseCode } = member.traits
    if (member.traits.payload === 1) payload = member
    else if (header !== undefined || prefix !== undefined) bind(member)
    else if (direction === 'input' && (label === 1 || query !== undefined || queryParams === 1)) bind(member)
    else if (direction === 'output' && responseCode === 1) bind(member)
    else document.push(member)
  }
  const members = payload === undefined ? document : []
  return { bound, payload, document: { ...shape, members, required: [] } }
}

/** Reads everything of an input that is not in the body. */
export function decodeBound(
  bound: readonly BoundMember[],
  request: WireRequest,
  uri: string | undefined,
): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const member of bound) {
    const value = decodeMember(member, bound, request, uri)
    if (value !== undefined) input[member.name] = value
  }
  return input
}

function decodeMember(
  member: BoundMember,
  bound: readonly BoundMember[],
  request: WireRequest,
  uri: string | undefined,
): unknown {
  const { name, shape, traits, header } = member
  if (traits.label === 1) {
    const text = Object.hasOwn(request.labels, name) ? request.labels[name] : undefined
    return text === undefined ? undefined : convert(shape, text, name)
  }
  if (header !== undefined) {
    const text = request.headers[header]
    if (text === undefined) return undefined
    // An empty header says nothing about a number, a date or an enum; of a string it says that it is empty.
    if (text === '' && !(shape.kind === 'simple' && shape.type === 'string')) return undefined
    if (shape.kind !== 'list') return convert(shape, text, traits.header ?? name)
    return splitHeader(text).map(part => convert(shape.member.shape, part, traits.header ?? name))
  }
  if (traits.query !== undefined) {
    const text = firstOf(request.query, traits.query)
    if (text === undefined) return undefined
    if (shape.kind === 'list')
      return request.query
        .filter(([key]) => key === traits.query)
        .map(([, each]) => convert(shape.member.shape, each, traits.query ?? name))
    if (text === '' && !(shape.kind === 'simple' && shape.type === 'string')) return undefined
    return convert(shape, text, traits.query)
  }
  if (traits.prefix !== undefined) return prefixed(request.headers, traits.prefix.toLowerCase())
  const fixed = (uri?.split('?')[1] ?? '').split('&').map(part => part.split('=')[0])
  const taken = new Set([...fixed, ...bound.map(other => other.traits.query)])
  return queryMap(shape, request, taken)
}

/** The value of the first parameter of a name. */
function firstOf(query: WireRequest['query'], name: string): string | undefined {
  for (const pair of query) if (pair[0] === name) return pair[1]
  return undefined
}

function convert(shape: Shape, text: string, place: string): unknown {
  if (shape.kind === 'simple' && shape.type === 'string') return text
  try {
    return valueOfText(shape, text)
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause
    const kind =
      shape.kind === 'simple' && /integer|long/.test(shape.type)
        ? 'an integer or within integer range'
        : 'valid'
    throw new AwsError('InvalidArgument', `Provided ${place} not ${kind}`, {
      statusCode: 400,
      detail: { ArgumentName: place, ArgumentValue: text },
      cause,
    })
  }
}

/** Splits a list in a header at its commas; dates hold commas of their own, quoted parts too. */
function splitHeader(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[A-Z][a-z]{2}, \d[^,]*|[^,"])+/g) ?? []
  return parts
    .map(part =>
      part
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replaceAll('\\"', '"'),
    )
    .filter(part => part !== '')
}

function prefixed(
  headers: Readonly<Record<string, string>>,
  prefix: string,
): Record<string, string> | undefined {
  let found: Record<string, string> | undefined
  for (const name in headers) {
    if (!name.startsWith(prefix)) continue
    found ??= {}
    found[name.slice(prefix.length)] = decodeWords(headers[name] ?? '')
  }
  return found
}

function queryMap(shape: Shape, request: WireRequest, taken: ReadonlySet<string | undefined>): unknown {
  const found: Record<string, unknown> = {}
  for (const [name, text] of request.query) {
    if (taken.has(name) || name === '__proto__') continue
    if (shape.kind === 'map' && shape.value.shape.kind === 'list') {
      const list = found[name]
      if (Array.isArray(list)) list.push(text)
      else found[name] = [text]
    } else found[name] = text
  }
  return Object.keys(found).length === 0 ? undefined : found
}

/** What an answer says outside its body. */
export interface EncodedHead {
  readonly status: number
  readonly headers: (readonly [name: string, value: string])[]
}

/** Writes the members of an output that stand in headers and in the status. */
export function encodeBound(
  bound: readonly Member[],
  output: Record<string, unknown>,
  status: number,
): EncodedHead {
  const headers: (readonly [string, string])[] = []
  let code = status
  for (const { name, shape, traits } of bound) {
    const value = output[name]
    if (value === undefined || value === null) continue
    if (traits.responseCode === 1) code = Number(value)
    else if (traits.header !== undefined) {
      const text = Array.isArray(value)
        ? value.map(element => listed(shape, element)).join(', ')
        : textOfValue(shape, value, 'httpDate')
      headers.push([traits.header, headerValue(text)])
    } else if (traits.prefix !== undefined) {
      for (const [key, text] of Object.entries(value as Record<string, string>))
        headers.push([traits.prefix + key, headerValue(encodeWords(String(text)))])
    }
  }
  return { status: code, headers }
}

function listed(shape: Shape, element: unknown): string {
  const text = textOfValue(shape.kind === 'list' ? shape.member.shape : shape, element, 'httpDate')
  return !(element instanceof Date) && /[",]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text
}

/** A payload that is bytes, text or a stream, given as a body. */
export function bodyOf(value: unknown): Uint8Array | Readable {
  if (value instanceof Uint8Array || value instanceof Readable) return value
  if (typeof value === 'string') return Buffer.from(value, 'utf8')
  if (typeof value === 'object' && value !== null && Symbol.asyncIterator in value)
    return Readable.from(value as AsyncIterable<Uint8Array>)
  throw new TypeError('a payload is bytes, text, a Readable or an async iterable')
}
