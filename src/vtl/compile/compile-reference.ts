import { JavaMap } from '../java/map.ts'
import { print, type Value } from '../java/value.ts'
import type { Accessor, Reference } from '../syntax/node.ts'
import { BlockReference } from './block-reference.ts'
import { CallSite, fromEnd, IndexSite, PropertySite } from './call-site.ts'
import { type Compilation, literal, offsetOf, type Run, slotOf, tokenAt } from './compilation.ts'
import { type ReferenceName, readReferenceName } from './reference-name.ts'
import type { RenderState } from './render-state.ts'

/** A reference, compiled: how to read it, print it and write to it. */
export interface CompiledReference {
  readonly name: ReferenceName
  /** Its value; `''` where any part of it is null. */
  readonly value: (state: RenderState) => Value
  /** Writes a text and then itself. */
  readonly print: (before: string) => Run
  readonly set: (state: RenderState, value: Value) => void
}

type Step = (state: RenderState, self: Value) => Value

export function compileReference(compilation: Compilation, node: Reference): CompiledReference {
  const steps = node.accessors.map(accessor => compileAccessor(compilation, accessor))
  const name = readReferenceName(tokenAt(compilation, node.first), compilation.tokens[node.first + 1])
  const written = literal(compilation, node)
  const slot = slotOf(compilation, name.root)
  const read = traced(compilation, node, written, reader(slot, steps))
  return {
    name,
    value: name.kind === 'runt' || !name.computable ? () => null : read,
    print: printer(name, written, read),
    set: setter(compilation, node, slot, steps),
  }
}

function reader(slot: number, steps: readonly Step[]): (state: RenderState) => Value {
  const [first, second] = steps
  if (first === undefined) return state => state.variables[slot] ?? ''
  if (second === undefined)
    return state => {
      const root = state.variables[slot]
      return root === null || root === undefined ? '' : (first(state, root) ?? '')
    }
  return state => {
    let value = state.variables[slot] ?? null
    for (const step of steps) {
      if (value === null) return ''
      value = step(state, value)
    }
    return value ?? ''
  }
}

/** Reports each value where somebody listens. */
function traced(
  compilation: Compilation,
  node: Reference,
  text: string,
  read: (state: RenderState) => Value,
): (state: RenderState) => Value {
  if (!compilation.traced) return read
  const offset = offsetOf(compilation, node)
  return state => {
    const value = read(state)
    if (state.trace !== undefined) {
      const shown = value instanceof BlockReference ? '#define' : (print(value) ?? '')
      state.trace({ text, value: shown, ...compilation.locate(offset) })
    }
    return value
  }
}

function printer(
  name: ReferenceName,
  written: string,
  read: (state: RenderState) => Value,
): (before: string) => Run {
  const { escapes, prefix } = name
  if (name.kind === 'runt')
    return before => {
      const text = before + name.root
      return state => {
        state.out += text
      }
    }
  const literalText = name.computable ? (name.kind === 'quiet' && !name.escaped ? '' : written) : name.root
  if (name.escaped)
    return before => {
      const text = before + escapes + literalText
      return state => {
        read(state)
        state.out += text
      }
    }
  return before => {
    const leading = before + escapes + prefix
    const itself = escapes + escapes + prefix + literalText
    return state => {
      const value = read(state)
      if (typeof value === 'string') state.out += leading + value
      else if (typeof value === 'number') state.out += leading + String(value)
      else printOther(state, value, before, leading, itself)
    }
  }
}

/** A `#define`d block renders in place; where it is nested too deep, the reference prints itself. */
function printOther(state: RenderState, value: Value, before: string, leading: string, itself: string): void {
  if (value instanceof BlockReference) {
    const length = state.out.length
    state.out += before
    if (value.render(state)) return
    state.out = state.out.slice(0, length)
  }
  const text = print(value)
  state.out += text === null ? before + itself : leading + text
}

function setter(
  compilation: Compilation,
  node: Reference,
  slot: number,
  steps: readonly Step[],
): (state: RenderState, value: Value) => void {
  const last = node.accessors.at(-1)
  if (last === undefined) {
    // Velocity writes to what stands behind the first character: `${a}` and `$!a` are never seen again.
    const written = slotOf(compilation, tokenAt(compilation, node.first).image.slice(1))
    return (state, value) => state.assign(written, value)
  }
  const path = steps.slice(0, -1)
  const write = compileWrite(compilation, last)
  return (state, value) => {
    let self = state.variables[slot] ?? null
    for (const step of path) {
      if (self === null) return
      self = step(state, self)
    }
    if (self !== null) write(state, self, value)
  }
}

function compileWrite(
  compilation: Compilation,
  accessor: Accessor,
): (state: RenderState, self: Value, value: Value) => void {
  const offset = offsetOf(compilation, accessor)
  if (accessor.type === 'index') {
    const index = compilation.compilers.expression(compilation, accessor.index)
    const sites = [new CallSite('set', offset), new CallSite('put', offset)]
    return (state, self, value) => {
      const values = [fromEnd(self, index.value(state), offset), value]
      sites.find(site => site.answers(self, values))?.call(self, values)
    }
  }
  // `#set($x.method() = …)` writes to the property of the method's name.
  const { name } = accessor
  const first = name[0] ?? ''
  const flipped = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()
  const setters = [first, flipped].map(letter => new CallSite(`set${letter}${name.slice(1)}`, offset))
  return (_state, self, value) => {
    const site = setters.find(candidate => candidate.answers(self, [value]))
    if (site !== undefined) site.call(self, [value])
    else if (self instanceof JavaMap) self.put(name, value)
  }
}

function compileAccessor(compilation: Compilation, accessor: Accessor): Step {
  const offset = offsetOf(compilation, accessor)
  switch (accessor.type) {
    case 'property': {
      const site = new PropertySite(accessor.name, offset)
      return (_state, self) => site.get(self)
    }
    case 'index': {
      const site = new IndexSite(offset)
      const index = compilation.compilers.expression(compilation, accessor.index)
      return (state, self) => site.get(self, index.value(state))
    }
    case 'method': {
      const site = new CallSite(accessor.name, offset)
      const values = accessor.arguments.map(
        argument => compilation.compilers.expression(compilation, argument).value,
      )
      const [only] = values
      if (only === undefined) return (state, self) => weighed(state, site.call(self, []))
      if (values.length === 1) return (state, self) => weighed(state, site.call(self, [only(state)]))
      return (state, self) =>
        weighed(
          state,
          site.call(
            self,
            values.map(value => value(state)),
          ),
        )
    }
  }
}

function weighed(state: RenderState, value: Value): Value {
  if (typeof value === 'object' && value !== null) state.weigh(value)
  return value
}
