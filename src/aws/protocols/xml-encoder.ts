import { textOfValue } from './http-text.ts'
import type { Member, Shape, StructureShape } from './shapes.ts'
import { escapeXml } from './xml-text.ts'

/** Writes the content of an element that holds a value of a shape. */
export interface XmlEncoder {
  content(shape: Shape, value: unknown): string
  /** A whole element with its attributes. */
  element(name: string, shape: Shape, value: unknown, attributes?: string): string
}

/** Makes the writer of one service's XML; `milliseconds` says that every timestamp has them. */
export function createXmlEncoder(milliseconds: boolean): XmlEncoder {
  function content(shape: Shape, value: unknown): string {
    if (shape.kind === 'structure') return structure(shape, value as Record<string, unknown>)
    if (shape.kind === 'list') {
      const name = shape.member.traits.xml ?? 'member'
      return elements(name, shape.member.shape, value as Iterable<unknown>)
    }
    if (shape.kind === 'map') return entries('entry', shape, value as Record<string, unknown>)
    return escapeXml(textOfValue(shape, value, 'dateTime', milliseconds))
  }

  function elements(name: string, shape: Shape, values: Iterable<unknown>): string {
    let text = ''
    for (const value of values) text += element(name, shape, value)
    return text
  }

  function entries(name: string, shape: Shape & { kind: 'map' }, map: Record<string, unknown>): string {
    let text = ''
    for (const [key, value] of Object.entries(map)) {
      if (value === undefined || value === null) continue
      const inner =
        element(shape.key.traits.xml ?? 'key', shape.key.shape, key) +
        element(shape.value.traits.xml ?? 'value', shape.value.shape, value)
      text += `<${name}>${inner}</${name}>`
    }
    return text
  }

  function structure(shape: StructureShape, value: Record<string, unknown>): string {
    let text = ''
    for (const member of shape.members) {
      const given = value[member.name]
      if (given !== undefined && given !== null && member.traits.attribute !== 1)
        text += memberText(member, given)
    }
    return text
  }

  function memberText({ name, shape, traits }: Member, value: unknown): string {
    const wire = traits.xml ?? name
    if (traits.flat === 1 && shape.kind === 'list')
      return elements(wire, shape.member.shape, value as Iterable<unknown>)
    if (traits.flat === 1 && shape.kind === 'map')
      return entries(wire, shape, value as Record<string, unknown>)
    return element(wire, shape, value, namespace(traits.ns))
  }

  function element(name: string, shape: Shape, value: unknown, attributes = ''): string {
    if (shape.kind !== 'structure') return `<${name}${attributes}>${content(shape, value)}</${name}>`
    const own = attributes === '' ? namespace(shape.xmlNamespace) : attributes
    const set = attributesOf(shape, value as Record<string, unknown>)
    return `<${name}${own}${set}>${content(shape, value)}</${name}>`
  }

  return { content, element }
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
