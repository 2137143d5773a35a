import { doubleOf, intOf } from '../../java/arithmetic.ts'
import { JavaCollection, JavaList } from '../../java/collection.ts'
import { JavaMap, JavaMapView } from '../../java/map.ts'
import { isNumber, JavaDouble } from '../../java/number.ts'
import { JavaException, type Value } from '../../java/value.ts'
import { JsonArray } from '../json-array.ts'
import { invalidPath } from './path-text.ts'
import { type JsonPath, jsonPath, type Parameter } from './path-token.ts'

type Call = (model: Value, given: readonly Value[]) => Value

/** Evaluates a path in `model`. */
type Evaluate = (path: JsonPath, model: Value) => Value

/** Jayway's functions; one that has nothing to work on fails, and the template with it. */
const functions: Readonly<Record<string, Call>> = {
  min: aggregate(numbers => Math.min(...numbers)),
  max: aggregate(numbers => Math.max(...numbers)),
  sum: aggregate(sum),
  avg: aggregate(numbers => sum(numbers) / numbers.length),
  stddev: aggregate(numbers => {
    const squares = sum(numbers.map(number => number * number))
    const mean = sum(numbers) / numbers.length
    return Math.sqrt(squares / numbers.length - mean * mean)
  }),
  keys: model => (model instanceof JavaMap ? new JavaMapView(model, 'keys') : null),
  concat: (model, given) =>
    [...itemsOf(model), ...given.flatMap(flat)].filter(item => typeof item === 'string').join(''),
  append: (model, given) => {
    if (model instanceof JavaList) for (const value of given) model.insert(model.size(), [value])
    return model
  },
  first: model => at(model, 0),
  last: model => at(model, -1),
  index: (model, given) => {
    const [index] = given
    if (index === undefined || !isNumber(index)) throw nothing()
    return at(model, intOf(index))
  },
}

/** The function's result; paths among its arguments are evaluated by `evaluate`. */
export function applyFunction(
  name: string,
  model: Value,
  parameters: readonly Parameter[],
  root: Value,
  evaluate: Evaluate,
): Value {
  if (name === 'length' || name === 'size') return length(model, parameters, evaluate)
  const call = Object.hasOwn(functions, name) ? functions[name] : undefined
  const given = parameters.map(parameter =>
    'path' in parameter ? evaluate(parameter.path, root) : parameter.json,
  )
  if (call === undefined) throw invalidPath(`Function with name: ${name} does not exist.`)
  return call(model, given)
}

/** With an argument, how many children what it finds in the model has; strings have no length. */
function length(model: Value, [parameter]: readonly Parameter[], evaluate: Evaluate): Value {
  if (parameter !== undefined && 'path' in parameter) {
    const { tokens, fromRoot } = parameter.path
    const asked = tokens.at(-1)?.type === 'function' ? tokens : [...tokens, { type: 'wildcard' as const }]
    const children = evaluate(jsonPath(asked, fromRoot), model)
    // Of a definite path Jayway measures the last child.
    const found = parameter.path.definite && children instanceof JsonArray ? children.values.at(-1) : children
    if (found instanceof JavaCollection) return found.size()
  }
  return model instanceof JavaCollection || model instanceof JavaMap ? model.size() : null
}

function aggregate(calculate: (numbers: readonly number[]) => number): Call {
  return (model, given) => {
    const numbers = [...itemsOf(model), ...given.flatMap(flat)].filter(isNumber).map(doubleOf)
    if (numbers.length === 0) throw nothing()
    return new JavaDouble(calculate(numbers))
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function itemsOf(model: Value): readonly Value[] {
  return model instanceof JavaCollection ? model.items() : []
}

function flat(value: Value): readonly Value[] {
  return value instanceof JavaCollection ? value.items() : [value]
}

/** From the end, Jayway never reaches the first element. */
function at(model: Value, index: number): Value {
  if (!(model instanceof JavaCollection)) throw nothing()
  const items = model.items()
  const real = index >= 0 ? index : items.length + index
  if (real >= items.length || (index < 0 && real <= 0)) throw nothing()
  return items[real] ?? null
}

function nothing(): JavaException {
  return new JavaException('com.jayway.jsonpath.JsonPathException', 'The function has nothing to work on')
}
