import { guarded } from '../../java/guarded-pattern.ts'
import { compilePattern } from '../../java/pattern.ts'
import type { Value } from '../../java/value.ts'
import { evaluate, exists } from './evaluate.ts'
import { literalOperand, type Operand, operandOf, patternOperand } from './filter-operand.ts'
import { compareOperands, isOperator, WrongType } from './filter-operator.ts'
import { invalidPath, type PathText, unescapeQuoted } from './path-text.ts'
import type { JsonPath, Predicate } from './path-token.ts'

/** One side of a comparison: the path it was, if it was one, and its value for an item. */
interface Side {
  readonly path: JsonPath | undefined
  readonly negated: boolean
  readonly operand: (item: Value, root: Value) => Operand
}

/** Compiles what stands between the parentheses of `[?(…)]`, both included. */
export function compileFilter(text: PathText, compilePath: (source: string) => JsonPath): Predicate {
  const reader = new FilterReader(text, compilePath)
  const predicate = reader.either()
  if (!text.skipBlanks().atEnd)
    throw invalidPath(`Expected the end of the filter at ${text.position} in ${text.text}`)
  return (item, root) => {
    try {
      return predicate(item, root)
    } catch (error) {
      if (error instanceof WrongType) return false
      throw error
    }
  }
}

class FilterReader {
  readonly #text: PathText
  readonly #compilePath: (source: string) => JsonPath

  constructor(text: PathText, compilePath: (source: string) => JsonPath) {
    this.#text = text
    this.#compilePath = compilePath
  }

  either(): Predicate {
    const parts = [this.#both()]
    while (this.#text.accept('||')) parts.push(this.#both())
    return (item, root) => parts.some(part => part(item, root))
  }

  #both(): Predicate {
    const parts = [this.#operand()]
    while (this.#text.accept('&&')) parts.push(this.#operand())
    return (item, root) => parts.every(part => part(item, root))
  }

  #operand(): Predicate {
    const text = this.#text.skipBlanks()
    const start = text.position
    if (text.accept('!')) {
      text.skipBlanks()
      if (text.current !== '$' && text.current !== '@') {
        const inner = this.#operand()
        return (item, root) => !inner(item, root)
      }
      text.position = start
    }
    if (text.accept('(')) {
      const inner = this.either()
      text.expect(')')
      return inner
    }
    return this.#expression()
  }

  /** `left operator right`, or a path alone: whether it exists. */
  #expression(): Predicate {
    const left = this.#side()
    const after = this.#text.position
    const operator = this.#operator()
    if (operator !== undefined) {
      const right = this.#side()
      return (item, root) => compareOperands(operator, left.operand(item, root), right.operand(item, root))
    }
    this.#text.position = after
    const { path, negated } = left
    if (path === undefined) throw invalidPath(`Expected a path before ${after} in ${this.#text.text}`)
    // Jayway looks for the path in the item, even where it begins at the root.
    return (item, root) => exists(path, item, root) !== negated
  }

  #operator(): string | undefined {
    const text = this.#text.skipBlanks()
    const symbols = /[<>=~!]+/y
    const word = /[^ ]+/y
    for (const pattern of [symbols, word]) {
      pattern.lastIndex = text.position
      const match = pattern.exec(text.text)
      if (match === null) continue
      const operator = match[0].toUpperCase()
      if (!isOperator(operator)) return undefined
      text.position += operator.length
      return operator
    }
    return undefined
  }

  #side(): Side {
    const text = this.#text.skipBlanks()
    const negated = text.accept('!')
    const { current } = text.skipBlanks()
    if (current === '$' || current === '@') return this.#path(negated)
    if (negated) throw invalidPath(`Unexpected ! at ${text.position} in ${text.text}`)
    const operand = this.#literal(current)
    return { path: undefined, negated, operand: () => operand }
  }

  #path(negated: boolean): Side {
    const text = this.#text
    const start = text.position++
    while (!text.atEnd) {
      if (text.current === '[') text.position = text.closing(text.position, '[', ']', false) + 1
      else if (text.current === '(') text.position = text.closing(text.position, '(', ')', false) + 1
      else if (' )<>=~!'.includes(text.current)) break
      else text.position++
    }
    const path = this.#compilePath(text.text.slice(start, text.position))
    return {
      path,
      negated,
      operand: (item, root) => operandOf(evaluate(path, path.fromRoot ? root : item, root)),
    }
  }

  #literal(first: string): Operand {
    const text = this.#text
    const start = text.position
    if (first === "'" || first === '"') {
      const end = text.endOfQuoted(start)
      text.position = end + 1
      return { kind: 'string', value: unescapeQuoted(text.text.slice(start + 1, end)) }
    }
    if (first === '/') return this.#pattern(start)
    if (first === '[' || first === '{') {
      text.position = text.closing(start, first, first === '[' ? ']' : '}', false) + 1
      return literalOperand(text.text.slice(start, text.position))
    }
    const match = /true|false|null|[-+.eE\d]+/y
    match.lastIndex = start
    const word = match.exec(text.text)?.[0]
    if (word === undefined) throw invalidPath(`Expected a value at ${start} in ${text.text}`)
    text.position = start + word.length
    return literalOperand(word)
  }

  #pattern(start: number): Operand {
    const text = this.#text
    const end = text.endOfQuoted(start)
    const flags = /[dixmsuU]*/y
    flags.lastIndex = end + 1
    const inline = flags.exec(text.text)?.[0] ?? ''
    text.position = end + 1 + inline.length
    const source = text.text.slice(start + 1, end)
    const regular = compilePattern(inline === '' ? source : `(?${inline})${source}`, 'whole')
    return patternOperand(input => guarded(source, input, () => regular.test(input)))
  }
}
