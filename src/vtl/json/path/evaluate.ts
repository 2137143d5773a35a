import { JavaCollection } from '../../java/collection.ts'
import { JavaMap } from '../../java/map.ts'
import type { Value } from '../../java/value.ts'
import { JsonArray } from '../json-array.ts'
import { applyFunction } from './functions.ts'
import { invalidPath } from './path-text.ts'
import { isDefinite, type JsonPath, type PathToken } from './path-token.ts'

/** Thrown inside only: a strict evaluation met something that is not there. */
class NotFound extends Error {}

interface Evaluation {
  readonly tokens: readonly PathToken[]
  readonly root: Value
  /** Strict evaluations answer whether a path exists: every missing property ends them. */
  readonly strict: boolean
  readonly results: Value[]
}

/** The value of a definite path (null where there is none), the list of values of any other. */
export function evaluate(path: JsonPath, model: Value, root: Value): Value {
  if (path.simple !== undefined) return walk(path.simple, model)
  const evaluation: Evaluation = { tokens: path.tokens, root, strict: false, results: [] }
  step(evaluation, 0, model, true)
  return path.definite ? (evaluation.results.at(-1) ?? null) : new JsonArray(evaluation.results)
}

function walk(steps: readonly (string | number)[], model: Value): Value {
  let value = model
  for (const step of steps) {
    if (typeof step === 'string') {
      if (!(value instanceof JavaMap)) return null
      value = value.get(step)
    } else {
      if (!(value instanceof JavaCollection)) return null
      const items = value.items()
      value = items[step < 0 ? items.length + step : step] ?? null
    }
  }
  return value
}

/** Whether a filter's bare path exists; one that is not definite always does, unless a property is missing. */
export function exists(path: JsonPath, model: Value, root: Value): boolean {
  const evaluation: Evaluation = { tokens: path.tokens, root, strict: true, results: [] }
  try {
    step(evaluation, 0, model, true)
  } catch (error) {
    if (error instanceof NotFound) return false
    throw error
  }
  return !path.definite || evaluation.results.length > 0
}

/** `definite`: whether every step before this one was. */
function step(evaluation: Evaluation, at: number, model: Value, definite: boolean): void {
  const token = evaluation.tokens[at]
  if (token === undefined) {
    evaluation.results.push(model)
    return
  }
  const last = at === evaluation.tokens.length - 1
  const stays = definite && isDefinite(token, last)
  const next = (value: Value): void => step(evaluation, at + 1, value, stays)
  switch (token.type) {
    case 'property':
      if (!(model instanceof JavaMap)) missing(evaluation, definite)
      else if (last && token.names.length > 1) next(merged(evaluation, model, token.names))
      else for (const name of token.names) property(evaluation, model, name, next)
      return
    case 'index':
      if (!(model instanceof JavaCollection)) missing(evaluation, definite)
      else for (const index of token.indexes) element(model, index, next)
      return
    case 'slice':
      if (!(model instanceof JavaCollection)) missing(evaluation, definite)
      else slice(model, token.from, token.to, next)
      return
    case 'wildcard':
      for (const child of childrenOf(model)) next(child)
      return
    case 'scan':
      scan(evaluation, at + 1, model)
      return
    case 'filter':
      if (model instanceof JavaMap) {
        if (token.accepts(model, evaluation.root)) next(model)
      } else if (model instanceof JavaCollection) {
        for (const item of model.items()) if (token.accepts(item, evaluation.root)) next(item)
      } else if (definite)
        throw invalidPath('A filter cannot be applied to a value that is no object and no list')
      return
    case 'function': {
      const result = applyFunction(token.name, model, token.parameters, evaluation.root, (path, start) =>
        evaluate(path, start, start),
      )
      // A function's result is a result, even where the path goes on.
      evaluation.results.push(result)
      if (!last) next(result)
    }
  }
}

function missing(evaluation: Evaluation, definite: boolean): void {
  if (evaluation.strict && definite) throw new NotFound()
}

function property(evaluation: Evaluation, map: JavaMap, name: string, next: (value: Value) => void): void {
  if (map.has(name)) next(map.get(name))
  else if (evaluation.strict) throw new NotFound()
}

/** Several names at the end: an object of those that are there. */
function merged(evaluation: Evaluation, map: JavaMap, names: readonly string[]): JavaMap {
  const result = new JavaMap()
  for (const name of names) property(evaluation, map, name, value => result.put(name, value))
  return result
}

function element(list: JavaCollection, index: number, next: (value: Value) => void): void {
  const items = list.items()
  const at = index < 0 ? items.length + index : index
  if (at >= 0 && at < items.length) next(items[at] ?? null)
}

function slice(
  list: JavaCollection,
  from: number | undefined,
  to: number | undefined,
  next: (value: Value) => void,
): void {
  const length = list.size()
  let start = from ?? 0
  // With both bounds Jayway counts a negative start up through the elements from the end.
  if (to === undefined && start < 0) start = Math.max(0, length + start)
  const end = to === undefined ? length : Math.min(length, from === undefined && to < 0 ? length + to : to)
  for (let index = start; index < end; index++) element(list, index, next)
}

/** Everything below, the model itself first: where the next step applies, it is evaluated. */
function scan(evaluation: Evaluation, at: number, model: Value): void {
  if (!(model instanceof JavaMap || model instanceof JavaCollection)) return
  if (applies(evaluation, at, model)) step(evaluation, at, model, false)
  for (const child of childrenOf(model)) scan(evaluation, at, child)
}

function applies(evaluation: Evaluation, at: number, model: Value): boolean {
  const token = evaluation.tokens[at]
  const last = at === evaluation.tokens.length - 1
  if (token?.type === 'property') {
    if (!(model instanceof JavaMap)) return false
    return !isDefinite(token, last) || token.names.every(name => model.has(name))
  }
  if (token?.type === 'index' || token?.type === 'slice') return model instanceof JavaCollection
  if (token?.type === 'filter') return token.accepts(model, evaluation.root)
  return token?.type === 'wildcard'
}

function childrenOf(model: Value): readonly Value[] {
  if (model instanceof JavaMap) return model.keys().map(key => model.get(key))
  return model instanceof JavaCollection ? model.items() : []
}
