import type { Value } from '../java/value.ts'
import type { Block, Expression, Span } from '../syntax/node.ts'
import type { Token } from '../syntax/token.ts'
import type { RenderState } from './render-state.ts'

/** A statement, compiled: it writes into the state's output. */
export type Run = (state: RenderState) => void

/** An expression, compiled; `test` is what `#if` asks, which is not always its value. */
export interface CompiledExpression {
  readonly value: (state: RenderState) => Value
  readonly test: (state: RenderState) => boolean
}

/** Expressions contain references and strings, which contain expressions and blocks: each finds the other here. */
export interface Compilers {
  readonly expression: (compilation: Compilation, node: Expression) => CompiledExpression
  readonly block: (compilation: Compilation, node: Block) => Run
}

/** What one template is compiled with; strings inside it share all but the tokens. */
export interface Compilation {
  /** Every name that the template mentions, and its place among the variables. */
  readonly slots: Map<string, number>
  readonly macros: Set<string>
  readonly compilers: Compilers
  readonly tokens: readonly Token[]
  /** Where the text of these tokens begins in the template. */
  readonly base: number
  readonly depth: number
  /** Whether references report their values; a render that nobody traces does without. */
  readonly traced: boolean
  /** Turns an offset in the template into line and column. */
  readonly locate: (offset: number) => { readonly line: number; readonly column: number }
}

export function slotOf(compilation: Compilation, name: string): number {
  const known = compilation.slots.get(name)
  if (known !== undefined) return known
  const slot = compilation.slots.size
  compilation.slots.set(name, slot)
  return slot
}

export function tokenAt(compilation: Compilation, index: number): Token {
  const token = compilation.tokens[index]
  if (token === undefined) throw new RangeError(`no token ${index}`)
  return token
}

/** Where a node begins in the template. */
export function offsetOf(compilation: Compilation, span: Span): number {
  return compilation.base + tokenAt(compilation, span.first).offset
}

/** The text of one token as Velocity prints it again. */
function tokenText({ kind, special, image }: Token): string {
  return kind === 'BLOCK_COMMENT' ? '' : special + image
}

/** The text of a node as Velocity prints it again, escapes of references already stripped. */
export function literal(compilation: Compilation, { first, last }: Span): string {
  let text = ''
  for (let index = first; index <= last; index++) text += tokenText(tokenAt(compilation, index))
  return text
}
