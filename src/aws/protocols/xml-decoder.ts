import { AwsError } from '../aws-error.ts'
import { valueOfText } from './http-text.ts'
import type { ListShape, MapShape, Member, Shape, StructureShape } from './shapes.ts'
import { malformedXml, type XmlElement } from './xml-parser.ts'

/** Reads an element as a shape's value; what the schema does not allow is malformed. */
export function decodeXml(shape: Shape, element: XmlElement): unknown {
  if (shape.kind === 'structure') return decodeStructure(shape, element)
  if (shape.kind === 'list') return listOf(shape, childrenNamed(element, shape.member.traits.xml ?? 'member'))
  if (shape.kind === 'map') return mapOf(shape, childrenNamed(element, 'entry'))
  if (element.children.length > 0) throw malformedXml()
  try {
    const isText = shape.type === 'string'
    return valueOfText(shape, isText ? element.text : element.text.trim())
  } catch (error) {
    if (error instanceof AwsError) throw malformedXml(error)
    throw error
  }
}

function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter(child => child.name === name)
}

function listOf(shape: ListShape, elements: readonly XmlElement[]): unknown[] {
  return elements.map(element => decodeXml(shape.member.shape, element))
}

function mapOf(shape: MapShape, entries: readonly XmlElement[]): Record<string, unknown> {
  const pairs = entries.map(entry => {
    const key = entry.children.find(child => child.name === (shape.key.traits.xml ?? 'key'))
    const value = entry.children.find(child => child.name === (shape.value.traits.xml ?? 'value'))
    if (key === undefined || value === undefined) throw malformedXml()
    return [key.text, decodeXml(shape.value.shape, value)] as const
  })
  return Object.fromEntries(pairs)
}

function decodeStructure(shape: StructureShape, element: XmlElement): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const member of shape.members) {
    const decoded = decodeMember(member, element)
    if (decoded !== undefined) value[member.name] = decoded
    else if (shape.required.includes(member.name)) throw malformedXml()
  }
  return value
}

function decodeMember({ name, shape, traits }: Member, parent: XmlElement): unknown {
  const wire = traits.xml ?? name
  if (traits.attribute === 1) return attributeOf(parent, wire)
  const found = childrenNamed(parent, wire)
  if (found.length === 0) return undefined
  if (traits.flat === 1 && shape.kind === 'list') return listOf(shape, found)
  if (traits.flat === 1 && shape.kind === 'map') return mapOf(shape, found)
  const [only] = found
  if (only === undefined || found.length > 1) throw malformedXml()
  return decodeXml(shape, only)
}

/** Clients may call the namespace's prefix what they like. */
function attributeOf(element: XmlElement, wire: string): string | undefined {
  const local = wire.slice(wire.indexOf(':') + 1)
  for (const [name, value] of element.attributes)
    if (name === wire || (wire !== local && name.endsWith(`:${local}`))) return value
  return undefined
}
