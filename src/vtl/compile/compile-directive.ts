import { ForeachScope } from '../java/foreach-scope.ts'
import type { Value } from '../java/value.ts'
import type { Argument, Block, Directive } from '../syntax/node.ts'
import { SyntaxFault } from '../syntax/syntax-fault.ts'
import { BlockReference } from './block-reference.ts'
import { type Compilation, literal, offsetOf, type Run, slotOf, tokenAt } from './compilation.ts'
import { compileExpression } from './compile-expression.ts'
import { compileForeach } from './compile-foreach.ts'
import type { RenderState } from './render-state.ts'
import { RuntimeFault, StopSignal } from './runtime-fault.ts'

/** A directive by name, or text that looks like one. */
export function compileDirective(compilation: Compilation, node: Directive): Run {
  const values = node.arguments.map(argument => compileArgument(compilation, argument))
  const body = node.block === undefined ? undefined : compilation.compilers.block(compilation, node.block)
  switch (node.known ? node.name : '') {
    case 'foreach':
      return compileForeach(compilation, node, values, body)
    case 'define':
      return compileDefine(compilation, node, body)
    case 'literal':
      return compileLiteral(compilation, node)
    case 'break':
      return compileBreak(compilation, node, values)
    case 'stop':
      return compileStop(compilation, node, values)
    case 'macro':
      return () => undefined
    default:
      return compileUnknown(compilation, node)
  }
}

function compileArgument(compilation: Compilation, argument: Argument): (state: RenderState) => Value {
  return argument.type === 'word' ? () => null : compileExpression(compilation, argument).value
}

function misused(compilation: Compilation, node: Directive, expected: string): SyntaxFault {
  return new SyntaxFault(
    `#${node.name} needs ${expected}`,
    `#${node.name}`,
    expected,
    offsetOf(compilation, node),
    true,
  )
}

function compileDefine(compilation: Compilation, node: Directive, body: Run | undefined): Run {
  const [name] = node.arguments
  if (body === undefined || name === undefined || node.arguments.length !== 1)
    throw misused(compilation, node, 'one name: #define($name) … #end')
  const slot = slotOf(compilation, tokenAt(compilation, name.first).image.slice(1))
  return state => state.assign(slot, new BlockReference(body, state))
}

/** `#literal()` prints its block as it stands. */
function compileLiteral(compilation: Compilation, node: Directive): Run {
  const shown: Argument | Block | undefined = node.arguments[0] ?? node.block
  if (shown === undefined || shown.last < shown.first)
    throw misused(compilation, node, 'something to print: #literal() … #end')
  const text = literal(compilation, shown)
  return state => {
    state.out += text
  }
}

function compileBreak(
  compilation: Compilation,
  node: Directive,
  values: readonly ((state: RenderState) => Value)[],
): Run {
  if (values.length > 1) throw misused(compilation, node, 'no more than one argument')
  const [scope] = values
  if (scope === undefined)
    return () => {
      throw new StopSignal('nearest')
    }
  const offset = offsetOf(compilation, node)
  return state => {
    const target = scope(state)
    if (!(target instanceof ForeachScope))
      throw new RuntimeFault('#break can only leave a loop: #break($foreach)', 'template-render', offset)
    throw new StopSignal(target.owner)
  }
}

function compileStop(
  compilation: Compilation,
  node: Directive,
  values: readonly ((state: RenderState) => Value)[],
): Run {
  if (values.length > 1) throw misused(compilation, node, 'no more than one argument')
  const [message] = values
  return state => {
    message?.(state)
    throw new StopSignal('all')
  }
}

/** Whatever is no directive prints itself, as its tokens stand once the whole template is compiled. */
function compileUnknown(compilation: Compilation, node: Directive): Run {
  const tokens = compilation.tokens.slice(node.first, node.last + 1)
  let text: string | undefined
  return state => {
    text ??= tokens.map(token => token.image).join('')
    state.out += text
  }
}
