import type { Matches } from './compile-pattern.ts'
import { readTokens, type TokenReader } from './pattern-tokens.ts'
import { compileTest, type Operator } from './value-test.ts'

type Test = (root: unknown) => boolean

const operators: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])

/** `$.a.b[0]["c d"]`, `$.a[*]` → what it finds. */
function compileSelector(text: string): (root: unknown) => unknown {
  if (!text.startsWith('$')) throw new SyntaxError(`${text} does not begin with $`)
  const steps = [...text.slice(1).matchAll(/\.([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]/gy)]
  if (steps.reduce((length, [all]) => length + all.length, 1) !== text.length)
    throw new SyntaxError(`${text} is no path`)
  return root => {
    let value = root
    for (const [, name, index, quoted] of steps) {
      if (typeof value !== 'object' || value === null) return undefined
      const key = name ?? quoted ?? Number(index)
      value = Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined
    }
    return value
  }
}

function comparison(reader: TokenReader): Test {
  const select = compileSelector(reader.take().text)
  if (reader.accept('IS')) {
    for (const [word, wanted] of [
      ['NULL', null],
      ['TRUE', true],
      ['FALSE', false],
    ] as const)
      if (reader.accept(word)) return root => select(root) === wanted
    throw new SyntaxError('IS is followed by NULL, TRUE or FALSE')
  }
  if (reader.accept('NOT')) {
    reader.expect('EXISTS')
    return root => select(root) === undefined
  }
  if (reader.accept('EXISTS')) return root => select(root) !== undefined
  const operator = reader.take().text
  if (!operators.has(operator)) throw new SyntaxError(`${operator} compares nothing`)
  const { kind, text } = reader.take()
  if (kind !== 'word' && kind !== 'quoted') throw new SyntaxError('a value is missing')
  const test = compileTest(operator as Operator, { text, quoted: kind === 'quoted' })
  return root => test(select(root))
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
