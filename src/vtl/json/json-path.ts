import { JavaList } from '../java/collection.ts'
import { JavaMap } from '../java/map.ts'
import { JavaException, type Value } from '../java/value.ts'
import { JsonArray } from './json-array.ts'

/** A first reading of Jayway's paths: names, indexes, wildcards, slices and `..`. */
export function evaluatePath(root: Value, source: string): Value {
  const path = source.trim().startsWith('$') ? source.trim() : `$.${source.trim()}`
  let current: Value[] = [root]
  let definite = true
  let at = 1
  while (at < path.length) {
    let deep = false
    if (path.startsWith('..', at)) {
      deep = true
      definite = false
      at += path[at + 2] === '[' ? 2 : 1
      current = current.flatMap(descendants)
    }
    if (path[at] === '.') {
      const match = /[^.[]+/y
      match.lastIndex = at + 1
      const name = match.exec(path)?.[0]
      if (name === undefined) throw bad(source)
      at = match.lastIndex
      if (name === '*') {
        definite = false
        current = current.flatMap(children)
      } else current = current.flatMap(value => member(value, name))
    } else if (path[at] === '[') {
      const match = /\[\s*(?:(\*)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d*)\s*(:)?\s*(-?\d*))\s*\]/y
      match.lastIndex = at
      const found = match.exec(path)
      if (found === null) throw bad(source)
      at = match.lastIndex
      const [, star, single, double, from = '', colon, to = ''] = found
      const name = single ?? double
      if (star !== undefined) {
        definite = false
        current = current.flatMap(children)
      } else if (name !== undefined) current = current.flatMap(value => member(value, name))
      else if (colon !== undefined) {
        definite = false
        current = current.flatMap(value => slice(value, from, to))
      } else current = current.flatMap(value => element(value, Number(from)))
    } else throw bad(source)
    if (deep) continue
  }
  return definite ? (current[0] ?? null) : new JsonArray(current)
}

function member(value: Value, name: string): Value[] {
  return value instanceof JavaMap && value.has(name) ? [value.get(name)] : []
}

function element(value: Value, index: number): Value[] {
  if (!(value instanceof JavaList)) return []
  const at = index < 0 ? index + value.size() : index
  return at >= 0 && at < value.size() ? [value.get(at)] : []
}

function slice(value: Value, from: string, to: string): Value[] {
  if (!(value instanceof JavaList)) return []
  return value.values.slice(from === '' ? 0 : Number(from), to === '' ? undefined : Number(to))
}

function children(value: Value): readonly Value[] {
  if (value instanceof JavaMap) return value.keys().map(key => value.get(key))
  return value instanceof JavaList ? value.values : []
}

function descendants(value: Value): Value[] {
  return [value, ...children(value).flatMap(descendants)]
}

function bad(path: string): JavaException {
  return new JavaException('com.jayway.jsonpath.InvalidPathException', `Could not compile ${path}`)
}
