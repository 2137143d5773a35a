import { JavaArray } from '../java/array.ts'
import { JavaCollection, JavaIterator, JavaList } from '../java/collection.ts'
import { ForeachScope } from '../java/foreach-scope.ts'
import { JavaMap, JavaMapView } from '../java/map.ts'
import { JavaException, type Value } from '../java/value.ts'
import type { Argument, Directive } from '../syntax/node.ts'
import { SyntaxFault } from '../syntax/syntax-fault.ts'
import { type Compilation, offsetOf, type Run, slotOf, tokenAt } from './compilation.ts'
import { compileReference } from './compile-reference.ts'
import { readReferenceName } from './reference-name.ts'
import type { RenderState } from './render-state.ts'
import { RuntimeFault, StopSignal } from './runtime-fault.ts'

/** `#foreach($item in $items) … #end`. */
export function compileForeach(
  compilation: Compilation,
  node: Directive,
  values: readonly ((state: RenderState) => Value)[],
  body: Run | undefined,
): Run {
  const offset = offsetOf(compilation, node)
  if (body === undefined)
    throw new SyntaxFault(
      '#foreach needs `($item in $items)`',
      '#foreach',
      '`($item in $items)`',
      offset,
      true,
    )
  const [element, , items] = values
  const slots = {
    element: slotOf(compilation, elementName(compilation, node)),
    count: slotOf(compilation, 'velocityCount'),
    hasNext: slotOf(compilation, 'velocityHasNext'),
    scope: slotOf(compilation, 'foreach'),
  }
  // With too few arguments Velocity looks for the items in the block, which has no value.
  if (element === undefined || items === undefined) {
    if (values.length === 2) return () => undefined
    return () => {
      throw new RuntimeFault('#foreach needs `($item in $items)`', 'template-render', offset)
    }
  }
  // With too many, the fourth is rendered in place of the block.
  const extra = node.arguments[3]
  const run = extra === undefined ? body : compileShown(compilation, extra)
  return state => {
    const iterator = iteratorOf(items(state))
    if (iterator !== undefined) loop(state, slots, iterator, run, node, offset)
  }
}

/** What Velocity writes for an argument that it renders like a statement: the references in it. */
function compileShown(compilation: Compilation, node: Argument): Run {
  switch (node.type) {
    case 'reference':
      return compileReference(compilation, node).print('')
    case 'list':
      return compileAll(compilation, node.items)
    case 'map':
      return compileAll(compilation, node.entries.flat())
    case 'range':
      return compileAll(compilation, [node.from, node.to])
    default:
      return () => undefined
  }
}

function compileAll(compilation: Compilation, nodes: readonly Argument[]): Run {
  const runs = nodes.map(node => compileShown(compilation, node))
  return state => {
    for (const run of runs) run(state)
  }
}

interface LoopSlots {
  readonly element: number
  readonly count: number
  readonly hasNext: number
  readonly scope: number
}

function elementName(compilation: Compilation, node: Directive): string {
  const first = node.arguments[0] ?? node.block ?? node
  const token = tokenAt(compilation, first.first)
  if (first.type === 'reference') return readReferenceName(token, compilation.tokens[first.first + 1]).root
  return token.image.slice(1)
}

function iteratorOf(value: Value): JavaIterator | undefined {
  if (value instanceof JavaCollection) return value.iterator()
  if (value instanceof JavaMap) return new JavaMapView(value, 'values').iterator()
  if (value instanceof JavaArray) return new JavaList(value.values).iterator()
  return value instanceof JavaIterator ? value : undefined
}

function loop(
  state: RenderState,
  slots: LoopSlots,
  iterator: JavaIterator,
  run: Run,
  owner: object,
  offset: number,
): void {
  const { variables } = state
  const element = variables[slots.element] ?? null
  const count = variables[slots.count] ?? null
  const hasNext = variables[slots.hasNext] ?? null
  const scope = new ForeachScope(owner, variables[slots.scope] ?? null)
  state.assign(slots.scope, scope)
  state.enter()
  let maskable = true
  const clean = (): void => {
    state.depth--
    restore(state, slots.element, element)
    restore(state, slots.count, count)
    restore(state, slots.hasNext, hasNext)
    const current = variables[slots.scope] ?? null
    // Velocity looks for the loop's scope, and `#foreach($foreach in …)` has just taken it away.
    if (current === null) throw new RuntimeFault('#foreach lost its $foreach', 'template-render', offset)
    if (current instanceof ForeachScope) restore(state, slots.scope, current.parent ?? current.replaced)
  }
  try {
    for (let counter = 1; counter <= state.limits.foreach && iterator.hasNext(); counter++) {
      state.step()
      state.assign(slots.count, counter)
      const value = iterator.next()
      const next = iterator.hasNext()
      state.assign(slots.hasNext, next)
      state.assign(slots.element, value)
      scope.index++
      scope.next = next
      if (value !== null) run(state)
      else maskable = runMasked(state, slots.element, run, maskable)
    }
  } catch (error) {
    if (error instanceof JavaException)
      throw new RuntimeFault(`#foreach: ${error.className}`, 'template-render', offset, error)
    if (!(error instanceof StopSignal) || !error.stops(owner)) {
      if (error instanceof StopSignal) clean()
      throw error
    }
  }
  clean()
}

/** While the element is null, the template cannot give it a value: Velocity hides the variable. */
function runMasked(state: RenderState, slot: number, run: Run, maskable: boolean): boolean {
  const masked = state.masked ?? new Set<number>()
  const already = masked.has(slot)
  if (!maskable || already) {
    run(state)
    return maskable
  }
  masked.add(slot)
  state.masked = masked
  try {
    run(state)
    return masked.has(slot)
  } finally {
    masked.delete(slot)
    if (masked.size === 0) state.masked = undefined
  }
}

function restore(state: RenderState, slot: number, value: Value): void {
  if (value === null) state.masked?.delete(slot)
  state.assign(slot, value)
}
