import { doubleOf, intOf } from '../../java/arithmetic.ts'
import { JavaCollection, JavaList } from '../../java/collection.ts'
import { JavaMap, JavaMapView } from '../../java/map.ts'
import { isNumber, JavaDouble } from '../../java/number.ts'
import type { Value } from '../../java/value.ts'
import type { JsonPath, Parameter } from './path-token.ts'

type Call = (model: Value, given: readonly Value[]) => Value

/** Jayway's functions; where one fails the path has no value, as with every path that finds nothing. */
const functions: Readonly<Record<string, Call>> = {
  length,
  size: length,
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
    return index !== undefined && isNumber(index) ? at(model, intOf(index)) : null
  },
}

/** The function's result; paths among its arguments are evaluated by `evaluate`. */
export function applyFunction(
  name: string,
  model: Value,
  parameters: readonly Parameter[],
  evaluate: (path: JsonPath) => Value,
): Value {
  const call = Object.hasOwn(functions, name) ? functions[name] : undefined
  const given = parameters.map(parameter => ('path' in parameter ? evaluate(parameter.path) : parameter.json))
  return call?.(model, given) ?? null
}

/** With an argument, the length of what that finds; strings have none. */
function length(model: Value, [given]: readonly Value[]): Value {
  if (given instanceof JavaCollection || given instanceof JavaMap) return given.size()
  return model instanceof JavaCollection || model instanceof JavaMap ? model.size() : null
}

function aggregate(calculate: (numbers: readonly number[]) => number): Call {
  return (model, given) => {
    const numbers = [...itemsOf(model), ...given.flatMap(flat)].filter(isNumber).map(doubleOf)
    return numbers.length === 0 ? null : new JavaDouble(calculate(numbers))
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
  if (!(model instanceof JavaCollection)) return null
  const items = model.items()
  if (index >= 0) return items[index] ?? null
  const real = items.length + index
  return real > 0 ? (items[real] ?? null) : null
}
