import type { Value } from '../java/value.ts'
import type { Span } from '../syntax/node.ts'
import { parseTemplate } from '../syntax/parse-template.ts'
import { SyntaxFault, syntaxFault } from '../syntax/syntax-fault.ts'
import { type Compilation, offsetOf, tokenAt } from './compilation.ts'
import type { RenderState } from './render-state.ts'

/** A string: `'…'` as it stands, `"…"` rendered like a template where it contains `$` or `#`. */
export function compileString(compilation: Compilation, node: Span): (state: RenderState) => Value {
  const { image } = tokenAt(compilation, node.first)
  const offset = offsetOf(compilation, node)
  const quote = image[0] ?? '"'
  const inside = image.slice(1, -1)
  const text = (quote === '"' ? unescaped(inside, offset) : inside).replaceAll(quote + quote, quote)
  if (quote !== '"' || !/[$#]/.test(image)) return () => text
  // Velocity appends a blank so that a `$` at the end is not the end of the text, and takes it off again.
  const padded = !text.includes('##')
  const run = compileInside(compilation, padded ? `${text} ` : text, offset + 1)
  return state => {
    const rendered = state.capture(run)
    return padded ? rendered.slice(0, -1) : rendered
  }
}

function compileInside(compilation: Compilation, source: string, base: number): (state: RenderState) => void {
  try {
    const parsed = parseTemplate(source, compilation)
    return compilation.compilers.block({ ...compilation, tokens: parsed.tokens, base }, parsed.body)
  } catch (error) {
    if (!(error instanceof SyntaxFault) || error.placed) throw error
    throw new SyntaxFault(error.message, error.found, error.expected, base + error.offset, true)
  }
}

/** `\uXXXX` is the only escape, and must be whole. */
function unescaped(text: string, offset: number): string {
  return text.replaceAll(/\\u([\s\S]{0,4})/g, (_escape, digits: string) => {
    if (!/^(?:[0-9a-fA-F]{4}|[+-][0-9a-fA-F]{3})$/.test(digits))
      throw syntaxFault(`\`\\u${digits}\``, 'four hexadecimal digits behind \\u', offset)
    return String.fromCharCode(Number.parseInt(digits, 16) & 0xffff)
  })
}
