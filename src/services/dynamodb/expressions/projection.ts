import type { AttributeValue, Item } from '../values/attribute-value.ts'
import type { PathStep } from './ast.ts'
import { checkPaths } from './check-paths.ts'
import type { Path, Placeholders } from './placeholders.ts'
import { Problems } from './problems.ts'

const order = ['reserved', 'name', 'value', 'path-overlap', 'path-conflict'] as const

/** Fills in the names of a projection expression and checks its paths. */
export function resolveProjection(
  paths: readonly (readonly PathStep[])[],
  placeholders: Placeholders,
): readonly Path[] {
  const problems: Problems<(typeof order)[number]> = new Problems(order)
  const resolved = paths.map(steps => placeholders.path(steps, problems))
  checkPaths(resolved, problems)
  problems.throwFirst()
  return resolved
}

/** What a projection shows: maps keep the chosen members, lists the chosen elements in their order, without gaps. */
export function project(item: Item, paths: readonly Path[]): Item {
  const shown: Record<string, AttributeValue> = Object.create(null)
  for (const [head, inner] of groupByHead(paths)) {
    if (typeof head !== 'string' || !Object.hasOwn(item, head)) continue
    const value = item[head]
    const chosen = value === undefined ? undefined : within(value, inner)
    if (chosen !== undefined) shown[head] = chosen
  }
  return shown
}

function groupByHead(paths: readonly Path[]): Map<string | number, Path[]> {
  const groups = new Map<string | number, Path[]>()
  for (const [head, ...rest] of paths) {
    if (head === undefined) continue
    const group = groups.get(head)
    if (group === undefined) groups.set(head, [rest])
    else group.push(rest)
  }
  return groups
}

function within(value: AttributeValue, paths: readonly Path[]): AttributeValue | undefined {
  if (paths.some(path => path.length === 0)) return value
  const groups = groupByHead(paths)
  if ('M' in value) {
    const members: Record<string, AttributeValue> = Object.create(null)
    for (const [name, inner] of groups) {
      const member = typeof name === 'string' && Object.hasOwn(value.M, name) ? value.M[name] : undefined
      const chosen = member === undefined ? undefined : within(member, inner)
      if (chosen !== undefined) members[String(name)] = chosen
    }
    return Object.keys(members).length === 0 ? undefined : { M: members }
  }
  if (!('L' in value)) return undefined
  const indexes = [...groups.keys()].filter(step => typeof step === 'number').sort((a, b) => a - b)
  const elements = indexes.flatMap(index => {
    const element = value.L[index]
    const chosen = element === undefined ? undefined : within(element, groups.get(index) ?? [])
    return chosen === undefined ? [] : [chosen]
  })
  return elements.length === 0 ? undefined : { L: elements }
}
