import type { Matches } from './compile-pattern.ts'
import { compileSelector } from './json-selector.ts'
import { readTokens, type TokenReader } from './pattern-tokens.ts'
import { compileTest, type Operator } from './value-test.ts'

type Test = (root: unknown) => boolean

const operators: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

function comparison(reader: TokenReader): Test {
  const select = compileSelector(reader.take().text)
  if (reader.accept('IS')) {
    for (const [word, wanted] of [
      ['NULL', null],
      ['TRUE', true],
      ['FALSE', false],
    ] as const)
      if (reader.accept(word)) return root => select(root).includes(wanted)
    throw new SyntaxError('IS is followed by NULL, TRUE or FALSE')
  }
  if (reader.accept('NOT')) {
    reader.expect('EXISTS')
    return root => select(root).length === 0
  }
  if (reader.accept('EXISTS')) return root => select(root).length > 0
  const operator = reader.take().text
  if (!operators.has(operator)) throw new SyntaxError(`${operator} compares nothing`)
  const { kind, text } = reader.take()
  if (kind !== 'word' && kind !== 'quoted') throw new SyntaxError('a value is missing')
  const test = compileTest(operator as Operator, { text, quoted: kind === 'quoted' })
  return root => select(root).some(test)
}

function conjunction(reader: TokenReader): Test {
  const tests = [operand(reader)]
  while (reader.accept('&&')) tests.push(operand(reader))
  return root => tests.every(test => test(root))
}

function disjunction(reader: TokenReader): Test {
  const tests = [conjunction(reader)]
  while (reader.accept('||')) tests.push(conjunction(reader))
  return root => tests.some(test => test(root))
}

function operand(reader: TokenReader): Test {
  if (!reader.accept('(')) return comparison(reader)
  const inner = disjunction(reader)
  reader.expect(')')
  return inner
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** `{ $.level = "error" && ($.status > 499 || $.user NOT EXISTS) }`: events that are no JSON objects never match. */
export function compileJsonPattern(text: string): Matches {
  const reader = readTokens(text)
  reader.expect('{')
  const test = disjunction(reader)
  reader.expect('}')
  if (reader.peek().kind !== 'end') throw new SyntaxError('something follows the closing brace')
  return message => {
    const root = parsed(message)
    return typeof root === 'object' && root !== null && test(root)
  }
}
