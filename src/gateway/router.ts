import type { MethodPlan } from './plan.ts'
import { decodePercent } from './query-string.ts'

/** A resource that answers a request, with its path parameters as they stand in the URL (recorded: still encoded). */
export interface Route {
  readonly method: MethodPlan
  readonly pathParameters: Readonly<Record<string, string>> | null
}

/** Finds methods by path. */
export interface Router {
  match(method: string, path: string): Route | undefined
  /** Every HTTP method that `path` answers; empty when no resource has the path. */
  methodsAt(path: string): readonly string[]
}

interface Node {
  readonly literals: Map<string, Node>
  readonly parameters: { readonly name: string; readonly node: Node }[]
  readonly greedy: { readonly name: string; readonly node: Node }[]
  readonly methods: Map<string, MethodPlan>
}

/** What ANY stands for: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html */
const anyMethods: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'])

type Captured = readonly (readonly [name: string, value: string])[]

const createNode = (): Node => ({ literals: new Map(), parameters: [], greedy: [], methods: new Map() })

/**
 * Routes as API Gateway does: per segment literal before `{param}` before `{proxy+}`, with back-tracking; a resource
 * without the method (or ANY) is no match, so `OPTIONS /test` may reach `/{proxy+}` (recorded). Trailing slashes and
 * leading double slashes do not count, inner ones do (recorded).
 */
export function createRouter(methods: readonly MethodPlan[]): Router {
  const root = createNode()
  for (const method of methods) {
    let node = root
    for (const segment of segmentsOf(method.method.resourcePath)) node = childFor(node, segment)
    node.methods.set(method.method.httpMethod, method)
  }
  return {
    match: (httpMethod, path) => {
      const segments = segmentsOf(path)
      const found = search(
        root,
        segments,
        0,
        [],
        node =>
          node.methods.get(httpMethod) ?? (anyMethods.has(httpMethod) ? node.methods.get('ANY') : undefined),
      )
      return found === undefined
        ? undefined
        : {
            method: found.value,
            pathParameters: found.captured.length === 0 ? null : Object.fromEntries(found.captured),
          }
    },
    methodsAt: path => {
      const found = search(root, segmentsOf(path), 0, [], node =>
        node.methods.size === 0 ? undefined : [...node.methods.keys()],
      )
      return found?.value ?? []
    },
  }
}

function segmentsOf(path: string): string[] {
  let start = 0
  while (path[start] === '/') start++
  let end = path.length
  while (end > start && path[end - 1] === '/') end--
  return start === end ? [] : path.slice(start, end).split('/')
}

function childFor(node: Node, segment: string): Node {
  const parameter = /^\{(.+?)(\+?)\}$/.exec(segment)
  if (parameter === null) {
    const known = node.literals.get(segment)
    if (known !== undefined) return known
    const created = createNode()
    node.literals.set(segment, created)
    return created
  }
  const list = parameter[2] === '+' ? node.greedy : node.parameters
  const name = parameter[1] ?? ''
  const known = list.find(child => child.name === name)
  if (known !== undefined) return known.node
  const created = { name, node: createNode() }
  list.push(created)
  return created.node
}

function search<Value>(
  node: Node,
  segments: readonly string[],
  index: number,
  captured: Captured,
  accept: (node: Node) => Value | undefined,
): { readonly value: Value; readonly captured: Captured } | undefined {
  const segment = segments[index]
  if (segment === undefined) {
    const value = accept(node)
    return value === undefined ? undefined : { value, captured }
  }
  const literal =
    node.literals.get(segment) ??
    (segment.includes('%') ? node.literals.get(decodePercent(segment)) : undefined)
  if (literal !== undefined) {
    const found = search(literal, segments, index + 1, captured, accept)
    if (found !== undefined) return found
  }
  if (segment !== '') {
    for (const { name, node: child } of node.parameters) {
      const found = search(child, segments, index + 1, [...captured, [name, segment]], accept)
      if (found !== undefined) return found
    }
  }
  for (const { name, node: child } of node.greedy) {
    const value = accept(child)
    if (value !== undefined)
      return { value, captured: [...captured, [name, segments.slice(index).join('/')]] }
  }
  return undefined
}
