import { JavaArray } from '../java/array.ts'
import { classNameOf, JavaClassObject } from '../java/class-object.ts'
import { JavaList } from '../java/collection.ts'
import { JavaMap } from '../java/map.ts'
import { type ResolvedMethod, resolveMethod } from '../java/resolve-method.ts'
import { JavaException, type Value } from '../java/value.ts'
import { classNamed, classOf } from '../methods/class-of.ts'
import { RuntimeFault } from './runtime-fault.ts'

const none: readonly Value[] = []

/** Getters of a loop's position, which cannot fail: they are called without more ado. */
const simpleGetters: ReadonlySet<string> = new Set([
  'getIndex',
  'getCount',
  'getHasNext',
  'getFirst',
  'getLast',
])

/** One place in a template that calls a method; it remembers the overload for the classes it saw last. */
export class CallSite {
  readonly #name: string
  readonly #offset: number
  #receiver = ''
  #arguments: readonly string[] = []
  #method: ResolvedMethod | undefined

  constructor(name: string, offset: number) {
    this.#name = name
    this.#offset = offset
  }

  /** The result; null where there is no such method, `''` for void. */
  call(self: Value, values: readonly Value[]): Value {
    const method = this.#resolve(self, values)
    if (method === undefined) return null
    try {
      const result = method.invoke(self, values)
      return result === undefined ? '' : result
    } catch (error) {
      if (error instanceof JavaException)
        throw new RuntimeFault(
          `$…${this.#name}(…) on ${classNameOf(self)}: ${shortName(error.className)}${error.message === '' ? '' : `: ${error.message}`}`,
          'template-render',
          this.#offset,
          error,
        )
      throw error
    }
  }

  /** Whether there is such a method. */
  answers(self: Value, values: readonly Value[]): boolean {
    return this.#resolve(self, values) !== undefined
  }

  #resolve(self: Value, values: readonly Value[]): ResolvedMethod | undefined {
    if (self instanceof JavaClassObject) return this.#resolveOnClass(self, values)
    const receiver = classNameOf(self)
    if (receiver === this.#receiver && this.#sameArguments(values)) return this.#method
    const method = resolveMethod(classOf(self), this.#name, values)
    this.#receiver = receiver
    this.#arguments = values.map(classNameOf)
    this.#method = method
    return method
  }

  /** `$x.class.method(…)`: a method of Class itself, else one of the class, which works where it is static. */
  #resolveOnClass(self: JavaClassObject, values: readonly Value[]): ResolvedMethod | undefined {
    const own = resolveMethod(classOf(self), this.#name, values)
    if (own !== undefined) return own
    const described = resolveMethod(classNamed(self.name), this.#name, values)
    if (described === undefined || described.method.isStatic) return described
    return {
      method: described.method,
      invoke: () => {
        throw new JavaException(
          'java.lang.IllegalArgumentException',
          'object is not an instance of declaring class',
        )
      },
    }
  }

  #sameArguments(values: readonly Value[]): boolean {
    const known = this.#arguments
    if (known.length !== values.length) return false
    for (let index = 0; index < values.length; index++)
      if (classNameOf(values[index] ?? null) !== known[index]) return false
    return true
  }
}

function shortName(className: string): string {
  return className.slice(className.lastIndexOf('.') + 1)
}

/** One place in a template that reads `.name`. */
export class PropertySite {
  readonly #name: string
  readonly #offset: number
  #receiver = ''
  #read: (self: Value) => Value = () => null
  /** The prototype of the maps that were seen last: one kind of map is one class, so nobody need ask for its name. */
  #maps: object | null = null

  constructor(name: string, offset: number) {
    this.#name = name
    this.#offset = offset
  }

  /** `getName()`, else a map's member, else `isName()`; null where there is none. */
  get(self: Value): Value {
    if (self instanceof JavaMap && Object.getPrototypeOf(self) === this.#maps) return self.get(this.#name)
    const receiver = classNameOf(self)
    if (receiver !== this.#receiver) {
      this.#read = this.#reader(self)
      this.#receiver = receiver
    }
    return this.#read(self)
  }

  #reader(self: Value): (self: Value) => Value {
    // Properties of a class object are its own only, though methods reach the class that it describes.
    if (self instanceof JavaClassObject) return value => this.#ownProperty(value)
    // An array has a list's methods, but of properties only its class.
    if (self instanceof JavaArray)
      return value => (/^[cC]lass$/.test(this.#name) ? new JavaClassObject(value) : null)
    const getter = this.#getter(self, 'get')
    if (getter !== undefined) return getter
    const name = this.#name
    if (self instanceof JavaMap) {
      this.#maps = Object.getPrototypeOf(self)
      return map => (map as JavaMap).get(name)
    }
    return this.#getter(self, 'is') ?? (() => null)
  }

  #ownProperty(self: Value): Value {
    const type = classOf(self)
    const name = this.#name[0]?.toUpperCase() + this.#name.slice(1)
    for (const getter of [`get${name}`, `is${name}`])
      if (type.methods.has(getter)) return new CallSite(getter, this.#offset).call(self, [])
    return null
  }

  #getter(self: Value, prefix: string): ((self: Value) => Value) | undefined {
    const first = this.#name[0] ?? ''
    const flipped = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()
    for (const letter of [first, flipped]) {
      const name = prefix + letter + this.#name.slice(1)
      const method = resolveMethod(classOf(self), name, none)
      if (method === undefined) continue
      const site = new CallSite(name, this.#offset)
      return simpleGetters.has(name)
        ? (method.method.invoke as (self: Value) => Value)
        : value => site.call(value, none)
    }
    return undefined
  }
}

/** One place in a template that reads `[index]`. */
export class IndexSite {
  readonly #get: CallSite
  readonly #offset: number

  constructor(offset: number) {
    this.#get = new CallSite('get', offset)
    this.#offset = offset
  }

  get(self: Value, index: Value): Value {
    const from = fromEnd(self, index, this.#offset)
    if (typeof from === 'number' && self instanceof JavaList && from >= 0 && from < self.size())
      return self.get(from)
    return this.#get.call(self, [from])
  }
}

/** A negative integer counts from the end of whatever has a `size()`. */
export function fromEnd(self: Value, index: Value, offset: number): Value {
  if (typeof index !== 'number' || index >= 0) return index
  const size = new CallSite('size', offset)
  if (!size.answers(self, []))
    throw new RuntimeFault(
      `${classNameOf(self)} has no size() for the index ${index}`,
      'template-render',
      offset,
    )
  return (size.call(self, []) as number) + index
}
