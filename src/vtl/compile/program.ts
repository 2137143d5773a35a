import type { Value } from '../java/value.ts'
import { JavaException } from '../java/value.ts'
import { parseTemplate } from '../syntax/parse-template.ts'
import { SyntaxFault } from '../syntax/syntax-fault.ts'
import type { TemplateLimits, TracedReference } from '../template.ts'
import { TemplateError } from '../template-error.ts'
import type { Run } from './compilation.ts'
import { compileExpression } from './compile-expression.ts'
import { compileBlock } from './compile-statement.ts'
import { lineLocator } from './line-locator.ts'
import { RenderState } from './render-state.ts'
import { RuntimeFault, StopSignal } from './runtime-fault.ts'

/** What a render gets besides its variables. */
export interface RenderOptions {
  readonly limits: TemplateLimits
  readonly elapsed: () => number
  readonly trace?: ((reference: TracedReference) => void) | undefined
}

/** One template text, compiled: immutable, so every render starts afresh. */
export interface Program {
  readonly source: string
  /** Renders; `lookup` gives each variable that the template mentions its first value. */
  render(name: string, lookup: (variable: string) => Value, options: RenderOptions): string
}

/** Parses and compiles; throws a `TemplateError` under `name` where the text is no template. */
export function compileProgram(source: string, name: string, depth: number): Program {
  const locate = lineLocator(source)
  const slots = new Map<string, number>()
  const run = compiled(source, name, depth, slots, locate, false)
  const names = [...slots.keys()]
  let traced: Run | undefined
  return {
    source,
    render(template, lookup, options) {
      const state = new RenderState(names.map(lookup), options.limits, options.elapsed, options.trace)
      try {
        if (options.trace === undefined) run(state)
        else {
          traced ??= compiled(source, template, depth, slots, locate, true)
          traced(state)
        }
      } catch (error) {
        if (error instanceof StopSignal && (error.target === 'all' || error.target === 'nearest'))
          return state.finished()
        throw explained(error, template, source, locate)
      }
      try {
        return state.finished()
      } catch (error) {
        throw explained(error, template, source, locate)
      }
    },
  }
}

function compiled(
  source: string,
  name: string,
  depth: number,
  slots: Map<string, number>,
  locate: (offset: number) => { readonly line: number; readonly column: number },
  traced: boolean,
): Run {
  try {
    const macros = new Set<string>()
    const parsed = parseTemplate(source, { macros, depth })
    const compilers = { expression: compileExpression, block: compileBlock }
    return compileBlock(
      { slots, macros, compilers, tokens: parsed.tokens, base: 0, depth, locate, traced },
      parsed.body,
    )
  } catch (error) {
    if (error instanceof SyntaxFault)
      throw new TemplateError(
        'template-syntax',
        error.message,
        { template: name, source, ...locate(error.offset) },
        { expected: error.expected },
      )
    throw explained(error, name, source, locate)
  }
}

/** Gives an error its place; anything that is no fault of the template passes through. */
function explained(
  error: unknown,
  template: string,
  source: string,
  locate: (offset: number) => { readonly line: number; readonly column: number },
): unknown {
  if (error instanceof RuntimeFault) {
    const place = { template, source, ...locate(error.offset ?? 0) }
    return new TemplateError(error.code, error.message, place, 'cause' in error ? { cause: error.cause } : {})
  }
  const place = { template, source, ...locate(0) }
  if (error instanceof StopSignal)
    return new TemplateError('template-render', '#break left a loop that had ended', place, { cause: error })
  if (error instanceof JavaException)
    return new TemplateError('template-render', `${error.className}: ${error.message}`, place, {
      cause: error,
    })
  if (error instanceof RangeError && error.message.includes('string length'))
    return new TemplateError('template-output', 'The text is too long', place, { cause: error })
  if (error instanceof RangeError)
    return new TemplateError('template-depth', 'Nested too deep', place, { cause: error })
  return error
}
