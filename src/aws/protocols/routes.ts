import type { LinkedModel, Member } from './shapes.ts'

/** What of a request decides which REST operation it is. */
export interface Routable {
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly headers: Readonly<Record<string, string>>
}

/** An operation found, with the labels of its path. */
export interface Routed {
  readonly operation: string
  readonly labels: Readonly<Record<string, string>>
}

interface Segment {
  readonly kind: 'literal' | 'label' | 'greedy'
  readonly text: string
}

interface Route {
  readonly operation: string
  readonly segments: readonly Segment[]
  readonly staticQuery: readonly (readonly [name: string, value: string])[]
  readonly requiredQuery: readonly string[]
  readonly requiredHeaders: readonly string[]
}

const weight = { literal: 2, label: 1, greedy: 0 } as const

/** More exact paths first; then what asks for more: CopyObject before PutObject, ListParts before GetObject. */
function moreExact(one: Route, other: Route): number {
  const length = Math.min(one.segments.length, other.segments.length)
  for (let index = 0; index < length; index++) {
    const left = one.segments[index]
    const right = other.segments[index]
    if (left === undefined || right === undefined) break
    if (left.kind !== right.kind) return weight[right.kind] - weight[left.kind]
  }
  return (
    other.segments.length - one.segments.length ||
    other.staticQuery.length - one.staticQuery.length ||
    other.requiredQuery.length +
      other.requiredHeaders.length -
      one.requiredQuery.length -
      one.requiredHeaders.length ||
    (one.operation < other.operation ? -1 : 1)
  )
}

function required(members: readonly Member[], names: readonly string[], trait: 'query' | 'header'): string[] {
  const found: string[] = []
  for (const { name, traits } of members) {
    const place = traits[trait]
    if (place !== undefined && names.includes(name))
      found.push(trait === 'header' ? place.toLowerCase() : place)
  }
  return found
}

function compile(linked: LinkedModel, operation: string, uri: string): Route {
  const [path = '', query = ''] = uri.split('?')
  const segments = path
    .split('/')
    .filter(part => part !== '')
    .map((part): Segment => {
      const label = /^\{(\w+)(\+?)\}$/.exec(part)
      if (label === null) return { kind: 'literal', text: part }
      return { kind: label[2] === '+' ? 'greedy' : 'label', text: label[1] ?? '' }
    })
  const staticQuery = query === '' ? [] : query.split('&').map(part => part.split('=') as [string, string?])
  const reference = linked.service.operations[operation]?.input
  const input = reference === undefined ? undefined : linked.structure(reference)
  return {
    operation,
    segments,
    staticQuery: staticQuery.map(([name, value = '']) => [name, value] as const),
    requiredQuery: required(input?.members ?? [], input?.required ?? [], 'query'),
    requiredHeaders: required(input?.members ?? [], input?.required ?? [], 'header'),
  }
}

/** Decodes percent signs; what cannot be decoded stays as it is. */
export function decodePath(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

function matchPath(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const labels: Record<string, string> = {}
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index]
    const part = parts[index]
    if (segment === undefined || part === undefined) return undefined
    if (segment.kind === 'greedy') {
      const rest = segments.length - index - 1
      const end = parts.length - rest
      const text = parts.slice(index, end).join('/')
      if (text === '') return undefined
      const tail = matchPath(segments.slice(index + 1), parts.slice(end))
      return tail === undefined ? undefined : { ...labels, [segment.text]: decodePath(text), ...tail }
    }
    if (segment.kind === 'literal' ? decodePath(part) !== segment.text : part === '') return undefined
    if (segment.kind === 'label') labels[segment.text] = decodePath(part)
  }
  return parts.length === segments.length ? labels : undefined
}

/** Compiles the routes of one REST service. */
export function createRoutes(linked: LinkedModel): (request: Routable) => Routed | undefined {
  const routes = new Map<string, Route[]>()
  const isS3 = linked.service.id === 's3'
  for (const [name, { http }] of Object.entries(linked.service.operations)) {
    if (http === undefined) continue
    const known = routes.get(http[0])
    if (known === undefined) routes.set(http[0], [compile(linked, name, http[1])])
    else known.push(compile(linked, name, http[1]))
  }
  for (const list of routes.values()) list.sort(moreExact)

  return request => {
    const parts = request.path.slice(1).split('/')
    // `/bucket/` is the bucket; elsewhere a slash at the end says nothing. S3 keys keep theirs: `/bucket/a/`.
    if (parts.at(-1) === '' && (!isS3 || parts.length <= 2)) parts.pop()
    const query = new Map(request.query)
    const asked = query.get('x-id')
    let first: Routed | undefined
    /** A path and method that fit, without a parameter that is required: its absence is the operation's to word. */
    let incomplete: Routed | undefined
    for (const route of routes.get(request.method) ?? []) {
      if (!matchesHead(route, query, request.headers)) {
        if (!isS3 && incomplete === undefined && hasStaticQuery(route, query)) {
          const labels = matchPath(route.segments, parts)
          if (labels !== undefined) incomplete = { operation: route.operation, labels }
        }
        continue
      }
      const labels = matchPath(route.segments, parts)
      if (labels === undefined) continue
      const found = { operation: route.operation, labels }
      if (asked === undefined || asked === route.operation) return found
      first ??= found
    }
    return first ?? incomplete
  }
}

function hasStaticQuery(route: Route, query: ReadonlyMap<string, string>): boolean {
  if (route.staticQuery.length > query.size) return false
  for (const [name, value] of route.staticQuery) {
    const given = query.get(name)
    if (given === undefined || (value !== '' && given !== value)) return false
  }
  return true
}

function matchesHead(
  route: Route,
  query: ReadonlyMap<string, string>,
  headers: Readonly<Record<string, string>>,
): boolean {
  if (!hasStaticQuery(route, query)) return false
  for (const name of route.requiredQuery) if (!query.has(name)) return false
  for (const name of route.requiredHeaders) if (headers[name] === undefined) return false
  return true
}
