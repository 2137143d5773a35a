import type { JavaArray } from './array.ts'
import type { JavaCollection } from './collection.ts'
import type { JavaMap } from './map.ts'
import type { Value } from './value.ts'

/** What a method gets for a parameter that is declared with this Java type. */
interface ParameterValues {
  readonly int: number
  readonly long: bigint
  readonly double: number
  readonly float: number
  readonly char: string
  readonly boolean: boolean
  readonly String: string
  readonly CharSequence: string
  readonly Object: Value
  readonly Integer: number
  readonly Collection: JavaCollection
  readonly Iterable: JavaCollection
  readonly Map: JavaMap
  readonly 'char[]': JavaArray
  readonly 'Object[]': readonly Value[]
  readonly 'CharSequence[]': readonly Value[]
  readonly Long: Value
  readonly Double: Value
  readonly Float: Value
  readonly Short: Value
  readonly Byte: Value
  readonly Boolean: boolean
  readonly Character: Value
  readonly BigInteger: Value
  readonly BigDecimal: Value
  /** A functional interface: templates have nothing to give for it but null. */
  readonly Function: null
}

export type ParameterType = keyof ParameterValues

type Parameters<List extends string> = List extends ''
  ? []
  : List extends `${infer Head extends ParameterType},${infer Tail}`
    ? [ParameterValues[Head], ...Parameters<Tail>]
    : List extends ParameterType
      ? [ParameterValues[List]]
      : never

/** A method's body; undefined stands for void. */
export type Handler<Self, Signature> = Signature extends `${string}(${infer List})`
  ? (self: Self, ...parameters: Parameters<List>) => Value | undefined
  : never

/** One callable method. */
export interface JavaMethod {
  readonly name: string
  readonly parameters: readonly ParameterType[]
  /** Callable without an instance, as through `$x.class`. */
  readonly isStatic: boolean
  readonly invoke: (self: never, ...parameters: never[]) => Value | undefined
}

/** A class: what can be called on its instances, and nothing else can. */
export interface JavaClass {
  readonly name: string
  readonly parents: readonly JavaClass[]
  readonly methods: ReadonlyMap<string, readonly JavaMethod[]>
}

/** The methods of one type of receiver, each under its Java signature: `'substring(int,int)': (self, from, to) => …`; `static` in front. */
export function methodsOf<Self>(): <Signature extends string>(
  handlers: {
    [S in Signature]: Handler<Self, S>
  },
) => readonly JavaMethod[] {
  return handlers =>
    Object.entries(handlers).map(([signature, invoke]) => {
      const open = signature.indexOf('(')
      const list = signature.slice(open + 1, -1)
      const name = signature.slice(0, open)
      return {
        name: name.replace('static ', ''),
        isStatic: name.startsWith('static '),
        parameters: (list === '' ? [] : list.split(',')) as ParameterType[],
        invoke: invoke as JavaMethod['invoke'],
      }
    })
}

/** A class with its own methods and, where it does not override them, its parents'. */
export function defineClass(
  name: string,
  parents: readonly JavaClass[],
  own: readonly JavaMethod[],
): JavaClass {
  const methods = new Map<string, JavaMethod[]>()
  for (const method of [...own, ...parents.flatMap(parent => [...parent.methods.values()].flat())]) {
    const overloads = methods.get(method.name) ?? []
    const key = method.parameters.join()
    if (!overloads.some(other => other.parameters.join() === key)) overloads.push(method)
    methods.set(method.name, overloads)
  }
  return { name, parents, methods }
}

/** Whether an instance of `type` is one of the class or interface `name`. */
export function isKindOf(type: JavaClass, name: string): boolean {
  return type.name === name || type.parents.some(parent => isKindOf(parent, name))
}
