import { readJson } from '../read-json.ts'
import { compileFilter } from './compile-filter.ts'
import { invalidPath, PathText, unescapeQuoted } from './path-text.ts'
import { type JsonPath, jsonPath, type Parameter, type PathToken } from './path-token.ts'

/**
 * Compiles a path with the grammar of Jayway JsonPath (https://github.com/json-path/JsonPath); a path without `$`
 * gets one.
 */
export function compilePath(source: string): JsonPath {
  const trimmed = source.trim()
  if (trimmed === '') throw invalidPath('A path cannot be empty')
  const text = /^[$@]/.test(trimmed) ? trimmed : `$.${trimmed}`
  if (text.endsWith('.')) throw invalidPath(`The path ${source} ends with a dot`)
  const reader = new PathReader(new PathText(text))
  return inverted(jsonPath(reader.tokens(), text.startsWith('$')))
}

/** `$..a.sum()` is the sum over everything found: the function moves to the front and takes the path. */
function inverted(path: JsonPath): JsonPath {
  const at = path.tokens.findIndex(token => token.type === 'function')
  const called = path.tokens[at]
  if (
    path.tokens[0]?.type !== 'scan' ||
    path.tokens.at(-1)?.type !== 'function' ||
    called?.type !== 'function'
  )
    return path
  const argument = jsonPath(path.tokens.slice(0, at), true)
  return jsonPath([{ ...called, parameters: [{ path: argument }] }, ...path.tokens.slice(at + 1)], true)
}

class PathReader {
  readonly #text: PathText

  constructor(text: PathText) {
    this.#text = text
  }

  tokens(): PathToken[] {
    const tokens: PathToken[] = []
    this.#text.position = 1
    if (!this.#text.atEnd && this.#text.current !== '.' && this.#text.current !== '[') throw this.#fault()
    while (!this.#text.atEnd) this.#next(tokens)
    if (tokens.at(-1)?.type === 'scan') throw this.#fault()
    return tokens
  }

  #next(tokens: PathToken[]): void {
    const text = this.#text
    if (text.current === '[') {
      tokens.push(this.#bracket())
      return
    }
    if (text.current === '.') {
      text.position++
      if (text.current === '.') {
        text.position++
        tokens.push({ type: 'scan' })
      }
      if (text.current === '.' || text.atEnd) throw this.#fault()
      if (text.current === '[') return
    }
    if (text.current === '*') {
      text.position++
      tokens.push({ type: 'wildcard' })
    } else tokens.push(this.#nameOrFunction())
  }

  #nameOrFunction(): PathToken {
    const text = this.#text
    const start = text.position
    while (!text.atEnd && !'.[('.includes(text.current)) {
      if (text.current === ' ') throw invalidPath(`${text.text}: a name with blanks needs ['…']`)
      text.position++
    }
    const name = text.text.slice(start, text.position)
    if (name === '') throw this.#fault()
    if (text.current !== '(') return { type: 'property', names: [name] }
    const end = text.closing(text.position, '(', ')', false)
    const parameters = splitParameters(text.text.slice(text.position + 1, end)).map(readParameter)
    text.position = end + 1
    return { type: 'function', name, parameters }
  }

  #bracket(): PathToken {
    const text = this.#text
    const inside = text.text.slice(text.position + 1).trimStart()
    if (inside.startsWith("'") || inside.startsWith('"')) return this.#names()
    if (inside.startsWith('?')) return this.#filter()
    const close = text.text.indexOf(']', text.position)
    if (close === -1) throw this.#fault()
    const expression = text.text.slice(text.position + 1, close).trim()
    text.position = close + 1
    if (expression === '*') return { type: 'wildcard' }
    if (/^[-\d,: ]+$/.test(expression))
      return expression.includes(':') ? readSlice(expression) : readIndexes(expression)
    throw invalidPath(`Could not parse [${expression}] in ${text.text}`)
  }

  #names(): PathToken {
    const text = this.#text
    const names: string[] = []
    text.expect('[')
    do {
      text.skipBlanks()
      if (text.current !== "'" && text.current !== '"') throw this.#fault()
      const end = text.endOfQuoted(text.position)
      names.push(unescapeQuoted(text.text.slice(text.position + 1, end)))
      text.position = end + 1
    } while (text.accept(','))
    text.expect(']')
    return { type: 'property', names }
  }

  #filter(): PathToken {
    const text = this.#text
    text.expect('[')
    text.expect('?')
    text.skipBlanks()
    if (text.current !== '(') throw this.#fault()
    const end = text.closing(text.position, '(', ')', true)
    const accepts = compileFilter(new PathText(text.text, text.position, end + 1), compilePath)
    text.position = end + 1
    text.expect(']')
    return { type: 'filter', accepts }
  }

  #fault(): Error {
    return invalidPath(`Could not parse ${this.#text.text} at ${this.#text.position}`)
  }
}

function readIndexes(expression: string): PathToken {
  const indexes = expression.split(',').map(index => index.trim())
  if (!indexes.every(index => /^-?\d{1,9}$/.test(index))) throw invalidPath(`Could not parse [${expression}]`)
  return { type: 'index', indexes: indexes.map(Number) }
}

function readSlice(expression: string): PathToken {
  const match = /^(-?\d{1,9})?:(-?\d{1,9})?(?::.*)?$/.exec(expression)
  if (match === null || (match[1] === undefined && match[2] === undefined))
    throw invalidPath(`Could not parse [${expression}]`)
  const [, from, to] = match
  return {
    type: 'slice',
    from: from === undefined ? undefined : Number(from),
    to: to === undefined ? undefined : Number(to),
  }
}

/** Splits at the commas that stand in no bracket and no string. */
function splitParameters(list: string): string[] {
  if (list.trim() === '') return []
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let start = 0
  for (let index = 0; index < list.length; index++) {
    const character = list[index] ?? ''
    if (quoted) {
      if (character === '\\') index++
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (character === ',' && depth === 0) {
      parts.push(list.slice(start, index))
      start = index + 1
    }
  }
  return [...parts, list.slice(start)]
}

function readParameter(source: string): Parameter {
  const text = source.trim()
  return /^[$@]/.test(text) ? { path: compilePath(text) } : { json: readJson(text) }
}
