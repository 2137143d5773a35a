import { JavaArray } from './array.ts'
import { classNameOf } from './class-object.ts'
import { JavaCollection } from './collection.ts'
import type { JavaClass, JavaMethod, ParameterType } from './java-class.ts'
import { JavaMap } from './map.ts'
import {
  JavaBigDecimal,
  JavaBigInteger,
  JavaCharacter,
  JavaDouble,
  JavaFloat,
  JavaLong,
  JavaSmall,
} from './number.ts'
import { JavaException, text, type Value } from './value.ts'

/** A method bound to the way in which its arguments must be passed. */
export interface ResolvedMethod {
  readonly method: JavaMethod
  invoke(self: Value, values: readonly Value[]): Value | undefined
}

/** Velocity's choice among overloads: applicable ones, then the most specific; where two tie, none. */
export function resolveMethod(
  type: JavaClass,
  name: string,
  values: readonly Value[],
): ResolvedMethod | undefined {
  const overloads = type.methods.get(name)
  if (overloads === undefined) return undefined
  const applicable = overloads.filter(method => isApplicable(method.parameters, values))
  const method = mostSpecific(applicable)
  if (method === undefined) return undefined
  const { parameters, invoke } = method
  const call = invoke as (self: Value, ...parameters: unknown[]) => Value | undefined
  const variable = parameters.at(-1)?.endsWith('[]') === true
  if (parameters.length === 0) return { method, invoke: values.length === 0 ? self => call(self) : tooMany }
  const [only] = parameters
  if (values.includes(null) && refusesNull(type, method, values)) return { method, invoke: nullPointer }
  if (parameters.length === 1 && only !== undefined && !variable)
    return { method, invoke: (self, given) => call(self, passed(only, given[0] ?? null)) }
  return {
    method,
    invoke: variable
      ? (self, given) => call(self, ...packed(parameters, given))
      : (self, given) =>
          call(self, ...given.map((value, index) => passed(parameters[index] ?? 'Object', value))),
  }
}

/** Methods that take null for a parameter that is not just any Object. */
const nullTakers: ReadonlySet<string> = new Set([
  'java.lang.String.equalsIgnoreCase',
  'java.lang.Boolean.parseBoolean',
  'java.lang.Boolean.valueOf',
  'java.util.ArrayList.sort',
  'java.util.ArrayList$SubList.sort',
  'net.minidev.json.JSONArray.sort',
  'Input.params',
  'Util.escapeJavaScript',
])

/** Java's methods look into what they are given: a null ends in an exception. */
function refusesNull(type: JavaClass, { name, parameters }: JavaMethod, values: readonly Value[]): boolean {
  if (nullTakers.has(`${type.name}.${name}`)) return false
  return parameters.some((parameter, index) => {
    if (values[index] !== null || parameter === 'Object') return false
    // A null among variable arguments is one of them.
    return !parameter.endsWith('[]') || parameter === 'char[]' || name === 'toArray'
  })
}

function nullPointer(): never {
  throw new JavaException('java.lang.NullPointerException', 'an argument is null')
}

/** Velocity 1.7 takes a method without parameters for any arguments, and fails when it calls it. */
function tooMany(): never {
  throw new JavaException('java.lang.IllegalArgumentException', 'wrong number of arguments')
}

function isApplicable(parameters: readonly ParameterType[], values: readonly Value[]): boolean {
  const last = parameters.at(-1)
  const variable = last?.endsWith('[]') === true
  if (parameters.length > values.length) {
    if (parameters.length !== values.length + 1 || !variable) return false
    return values.every((value, index) => accepts(parameters[index] ?? 'Object', value))
  }
  if (parameters.length === values.length)
    return parameters.every((type, index) => {
      const value = values[index] ?? null
      if (accepts(type, value)) return true
      return index === parameters.length - 1 && variable && accepts(elementType(type), value)
    })
  if (last === undefined) return true
  if (!variable) return false
  return values.every((value, index) =>
    index < parameters.length - 1
      ? accepts(parameters[index] ?? 'Object', value)
      : accepts(elementType(last), value),
  )
}

function elementType(type: ParameterType): ParameterType {
  return type.slice(0, -2) as ParameterType
}

/** Whether an argument can be passed for a parameter of this type: `long` takes an Integer, `int` no Long. */
function accepts(type: ParameterType, value: Value): boolean {
  switch (type) {
    case 'Object':
      return true
    case 'int':
      return typeof value === 'number' || value instanceof JavaSmall
    case 'long':
      return typeof value === 'number' || value instanceof JavaLong || value instanceof JavaSmall
    case 'float':
      return value instanceof JavaFloat || accepts('long', value)
    case 'double':
      return value instanceof JavaDouble || value instanceof JavaFloat || accepts('long', value)
    case 'char':
      return value instanceof JavaCharacter
    case 'boolean':
      return typeof value === 'boolean'
    default:
      return value === null || acceptsObject(type, value)
  }
}

function acceptsObject(type: ParameterType, value: Value): boolean {
  switch (type) {
    case 'String':
    case 'CharSequence':
      return typeof value === 'string'
    case 'Integer':
      return typeof value === 'number'
    case 'Boolean':
      return typeof value === 'boolean'
    case 'Collection':
    case 'Iterable':
      return value instanceof JavaCollection
    case 'Map':
      return value instanceof JavaMap
    case 'char[]':
      return value instanceof JavaArray && value.className === '[C'
    case 'Object[]':
      return value instanceof JavaArray && value.className.startsWith('[L')
    case 'CharSequence[]':
      return value instanceof JavaArray && value.className === '[Ljava.lang.String;'
    case 'Long':
      return value instanceof JavaLong
    case 'Double':
      return value instanceof JavaDouble
    case 'Float':
      return value instanceof JavaFloat
    case 'Short':
    case 'Byte':
      return value instanceof JavaSmall && value.className === `java.lang.${type}`
    case 'Character':
      return value instanceof JavaCharacter
    case 'BigInteger':
      return value instanceof JavaBigInteger
    case 'BigDecimal':
      return value instanceof JavaBigDecimal
    default:
      return false
  }
}

function mostSpecific(methods: readonly JavaMethod[]): JavaMethod | undefined {
  let best: JavaMethod | undefined
  let tied: JavaMethod[] = []
  for (const method of methods) {
    if (best === undefined) {
      best = method
      continue
    }
    const order = compareSpecificity(method.parameters, best.parameters)
    if (order === 'more') {
      const others = tied.map(other => compareSpecificity(method.parameters, other.parameters))
      if (others.every(other => other === 'more')) {
        best = method
        tied = []
      } else if (others.includes('tied')) tied.push(method)
    } else if (order === 'tied') tied.push(method)
  }
  return tied.length > 0 ? undefined : best
}

type Specificity = 'more' | 'less' | 'tied'

function compareSpecificity(left: readonly ParameterType[], right: readonly ParameterType[]): Specificity {
  if (left.length !== right.length) return left.length > right.length ? 'more' : 'less'
  let leftMore = false
  let rightMore = false
  for (const [index, type] of left.entries()) {
    const other = right[index] ?? 'Object'
    if (type === other) continue
    const last = index === left.length - 1
    leftMore ||= other === 'Object' || widens(other, type) || (last && gathers(other, type))
    rightMore ||= type === 'Object' || widens(type, other) || (last && gathers(type, other))
  }
  if (leftMore && rightMore) {
    const leftVariable = left.at(-1)?.endsWith('[]') === true
    const rightVariable = right.at(-1)?.endsWith('[]') === true
    if (leftVariable !== rightVariable) return leftVariable ? 'less' : 'more'
    return 'tied'
  }
  return leftMore ? 'more' : rightMore ? 'less' : 'tied'
}

const wider: Readonly<Partial<Record<ParameterType, readonly ParameterType[]>>> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  CharSequence: ['String'],
  Iterable: ['Collection'],
}

/** Whether every value of type `from` is one of type `to`. */
function widens(to: ParameterType, from: ParameterType): boolean {
  return wider[to]?.includes(from) === true
}

/** Whether the variable arguments `list` take a single `item`. */
function gathers(list: ParameterType, item: ParameterType): boolean {
  if (!list.endsWith('[]')) return false
  const element = elementType(list)
  return element === item || widens(element, item)
}

function packed(parameters: readonly ParameterType[], given: readonly Value[]): unknown[] {
  const fixed = parameters.length - 1
  const leading = given.slice(0, fixed).map((value, index) => passed(parameters[index] ?? 'Object', value))
  const rest = given.slice(fixed)
  const only = rest[0]
  const units = parameters.at(-1) === 'char[]'
  if (rest.length === 1 && only instanceof JavaArray) return [...leading, units ? only : only.values]
  return [...leading, units ? new JavaArray('[C', rest) : rest]
}

/** An argument in the form in which methods of ours take it. */
function passed(type: ParameterType, value: Value): unknown {
  switch (type) {
    case 'int':
      return typeof value === 'object' && value instanceof JavaSmall ? value.value : value
    case 'long':
      return typeof value === 'object' && (value instanceof JavaLong || value instanceof JavaSmall)
        ? BigInt(value.value)
        : BigInt(value as number)
    case 'double':
    case 'float':
      return typeof value === 'number' ? value : Number(text(value))
    case 'char':
      return text(value)
    default:
      return value
  }
}

/** Identifies a call's overload: the receiver's class and the arguments' classes. */
export function callKey(name: string, self: Value, values: readonly Value[]): string {
  return `${classNameOf(self)}.${name}(${values.map(classNameOf).join()})`
}
