import { AwsError } from '../aws-error.ts'
import { valueOfText } from './http-text.ts'
import type { Member, Shape } from './shapes.ts'

/** `Tags.member.1.Key=a` as a tree. */
interface Node {
  value: string | undefined
  readonly children: Map<string, Node>
}

/** Names may have as many parts as this. */
const deepest = 64

function malformed(message: string): AwsError {
  return new AwsError('MalformedInput', message, { statusCode: 400 })
}

/** Turns parameters into a tree by the dots in their names. */
function treeOf(parameters: readonly (readonly [name: string, value: string])[]): Node {
  const root: Node = { value: undefined, children: new Map() }
  for (const [name, value] of parameters) {
    const parts = name.split('.')
    if (parts.length > deepest) throw malformed('Parameters are nested too deeply')
    let node = root
    for (const part of parts) {
      let child = node.children.get(part)
      if (child === undefined) {
        child = { value: undefined, children: new Map() }
        node.children.set(part, child)
      }
      node = child
    }
    node.value = value
  }
  return root
}

/** Reads an awsQuery input. */
export function decodeQuery(
  shape: Shape,
  parameters: readonly (readonly [name: string, value: string])[],
): unknown {
  return decode(shape, treeOf(parameters), '') ?? {}
}

function decode(shape: Shape, node: Node, path: string): unknown {
  if (shape.kind === 'simple') {
    if (node.value === undefined) return undefined
    try {
      return valueOfText(shape, node.value)
    } catch (cause) {
      if (!(cause instanceof AwsError)) throw cause
      throw Object.assign(malformed(`${path}: ${cause.message}`), { cause })
    }
  }
  if (shape.kind === 'list')
    return listOf(shape.member, node.children.get(shape.member.traits.xml ?? 'member') ?? node, path)
  if (shape.kind === 'map') return mapOf(shape, node.children.get('entry') ?? node, path)
  if (node.children.size === 0 && path !== '') return undefined
  const value: Record<string, unknown> = {}
  for (const member of shape.members) {
    const wire = member.traits.xml ?? member.name
    const child = node.children.get(wire)
    if (child === undefined) continue
    const below = path === '' ? wire : `${path}.${wire}`
    const decoded = decodeMember(member, child, below)
    if (decoded !== undefined) value[member.name] = decoded
  }
  return value
}

function decodeMember({ shape, traits }: Member, node: Node, path: string): unknown {
  if (traits.flat === 1 && shape.kind === 'list') return listOf(shape.member, node, path)
  if (traits.flat === 1 && shape.kind === 'map') return mapOf(shape, node, path)
  return decode(shape, node, path)
}

/** The children that are numbered, in the order of their numbers; gaps close. */
function numbered(node: Node): Node[] {
  return [...node.children]
    .filter(([key]) => /^\d{1,9}$/.test(key))
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, child]) => child)
}

/** `Tags=` says that a list is empty. */
function listOf(member: Member, node: Node, path: string): unknown[] | undefined {
  const items = numbered(node)
  if (items.length === 0) return node.value === '' ? [] : undefined
  return items.map((item, index) => decode(member.shape, item, `${path}.${index + 1}`) ?? {})
}

function mapOf(
  shape: Shape & { kind: 'map' },
  node: Node,
  path: string,
): Record<string, unknown> | undefined {
  const items = numbered(node)
  if (items.length === 0) return node.value === '' ? {} : undefined
  return Object.fromEntries(
    items.map((item, index) => {
      const key = item.children.get(shape.key.traits.xml ?? 'key')?.value
      const value = item.children.get(shape.value.traits.xml ?? 'value')
      if (key === undefined || value === undefined)
        throw malformed(`${path}.${index + 1} needs a key and a value`)
      return [key, decode(shape.value.shape, value, `${path}.${index + 1}`)]
    }),
  )
}
