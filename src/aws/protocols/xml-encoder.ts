import { memoize } from '../../lib/index.ts'
import { textOfValue } from './http-text.ts'
import type { Member, Shape, StructureShape } from './shapes.ts'
import { escapeXml } from './xml-text.ts'

/**
 * What an output says of elements that stand between one another on the wire though the model keeps them in several lists:
 * which lists, and each element with its list's name, in order (S3's versions and delete markers). They are written where
 * the first list is.
 */
export const elementOrder: unique symbol = Symbol('elementOrder')

/** An output with such an order. */
export interface Ordered {
  readonly [elementOrder]?: {
    readonly lists: readonly string[]
    readonly elements: readonly (readonly [list: string, element: unknown])[]
  }
}

/** Writes the content of an element that holds a value of a shape. */
export interface XmlEncoder {
  content(shape: Shape, value: unknown): string
  /** A whole element with its attributes. */
  element(name: string, shape: Shape, value: unknown, attributes?: string): string
}

type Write = (value: unknown) => string

/** Makes the writer of one service's XML; `milliseconds` says that every timestamp has them. */
export function createXmlEncoder(milliseconds: boolean): XmlEncoder {
  // What a shape says is looked at once: a page of a list has thousands of elements of a few shapes.
  const contentOf = memoize((shape: Shape): Write => {
    if (shape.kind === 'structure') return structure(shape)
    if (shape.kind === 'list') return elements(shape.member.traits.xml ?? 'member', shape.member.shape)
    if (shape.kind === 'map') return entries('entry', shape)
    return value => {
      if (typeof value === 'string') return escapeXml(value)
      if (typeof value === 'number') return String(value)
      const text = textOfValue(shape, value, 'dateTime', milliseconds)
      return value instanceof Date ? text : escapeXml(text)
    }
  })

  function elements(name: string, shape: Shape): Write {
    const write = element(name, shape)
    return values => {
      let text = ''
      for (const value of values as Iterable<unknown>) text += write(value)
      return text
    }
  }

  function entries(name: string, shape: Shape & { kind: 'map' }): Write {
    const writeKey = element(shape.key.traits.xml ?? 'key', shape.key.shape)
    const writeValue = element(shape.value.traits.xml ?? 'value', shape.value.shape)
    return map => {
      let text = ''
      for (const [key, value] of Object.entries(map as Record<string, unknown>))
        if (value !== undefined && value !== null)
          text += `<${name}>${writeKey(key)}${writeValue(value)}</${name}>`
      return text
    }
  }

  function structure(shape: StructureShape): Write {
    // Shapes refer to themselves, so members are looked at when the first value comes.
    let members: (readonly [name: string, write: Write])[] | undefined
    let lists: ReadonlyMap<string, Write> | undefined
    return value => {
      members ??= shape.members
        .filter(({ traits }) => traits.attribute !== 1)
        .map(each => [each.name, member(each)])
      lists ??= new Map(members.filter(([name]) => isFlatList(shape, name)))
      const order = lists.size < 2 ? undefined : (value as Ordered)[elementOrder]
      let mixed = order === undefined ? '' : inOrder(order, lists)
      let text = ''
      for (const [name, write] of members) {
        const given = (value as Record<string, unknown>)[name]
        if (given === undefined || given === null) continue
        if (order === undefined || !order.lists.includes(name)) text += write(given)
        else {
          text += mixed
          mixed = ''
        }
      }
      return text
    }
  }

  function member({ name, shape, traits }: Member): Write {
    const wire = traits.xml ?? name
    if (traits.flat === 1 && shape.kind === 'list') return elements(wire, shape.member.shape)
    if (traits.flat === 1 && shape.kind === 'map') return entries(wire, shape)
    return element(wire, shape, namespace(traits.ns))
  }

  function element(name: string, shape: Shape, attributes = ''): Write {
    const end = `</${name}>`
    const write = contentOf(shape)
    const own = attributes === '' && shape.kind === 'structure' ? namespace(shape.xmlNamespace) : attributes
    const start = `<${name}${own}`
    const open = `${start}>`
    if (shape.kind !== 'structure' || !shape.members.some(({ traits }) => traits.attribute === 1))
      return value => open + write(value) + end
    return value => `${start}${attributesOf(shape, value as Record<string, unknown>)}>${write(value)}${end}`
  }

  return {
    content: (shape, value) => contentOf(shape)(value),
    element: (name, shape, value, attributes) => element(name, shape, attributes)(value),
  }
}

function inOrder(
  { elements }: Exclude<Ordered[typeof elementOrder], undefined>,
  lists: ReadonlyMap<string, Write>,
): string {
  let text = ''
  for (const [list, element] of elements) text += lists.get(list)?.([element]) ?? ''
  return text
}

function isFlatList(shape: StructureShape, name: string): boolean {
  return shape.members.some(
    each => each.name === name && each.traits.flat === 1 && each.shape.kind === 'list',
  )
}

function attributesOf(shape: StructureShape, value: Record<string, unknown>): string {
  let text = ''
  for (const { name, traits } of shape.members) {
    const given = value[name]
    if (traits.attribute === 1 && given !== undefined && given !== null)
      text += ` ${traits.xml ?? name}="${escapeXml(String(given))}"`
  }
  return text
}

/** `xmlns="…"`, or with a prefix. */
export function namespace(ns: Member['traits']['ns']): string {
  if (ns === undefined) return ''
  return typeof ns === 'string' ? ` xmlns="${ns}"` : ` xmlns:${ns[0]}="${ns[1]}"`
}
