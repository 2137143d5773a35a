/**
 * A value of Java as templates see it: String is a string, Boolean a boolean, Integer a number (always integral, 32 bits),
 * null is null, and everything else an object of ours. Nothing of JavaScript is reachable through it.
 */
export type Value = null | boolean | number | string | JavaObject

/** Any other object of Java. */
export abstract class JavaObject {
  /** The name of its class, which decides what can be called on it. */
  abstract get className(): string
  /** What `toString()` gives; null only from a `#define`d block that is nested too deep. */
  abstract print(): string | null

  /** What values of other classes are compared with: its text, unless it prints none. */
  identity(): string | null {
    return this.print()
  }

  equals(other: Value, _work?: Work): boolean {
    return this === other
  }

  hashCode(_work?: Work): number {
    return identityHash
  }
}

/** Counts what a comparison of nested collections looks at: one that holds itself often over would never end. */
export class Work {
  #done = 0

  spend(): void {
    if (++this.#done > mostWork)
      throw new JavaException('java.lang.StackOverflowError', 'The collections are too large')
  }
}

const mostWork = 20_000_000

/** Java prints an object's address; ours is always this one. */
const identityHash = 0x279fedbd

/** An exception of Java, thrown by a method that a template called. */
export class JavaException extends Error {
  readonly className: string

  constructor(className: string, message: string) {
    super(message)
    this.className = className
  }
}

/** `toString()` of any value. */
export function print(value: Value): string | null {
  return typeof value === 'string'
    ? value
    : typeof value === 'object' && value !== null
      ? value.print()
      : String(value)
}

/** `String.valueOf` of any value. */
export function text(value: Value): string {
  return print(value) ?? 'null'
}

/** `equals` of any two values. */
export function equal(left: Value, right: Value, work?: Work): boolean {
  return typeof left === 'object' && left !== null ? left.equals(right, work) : left === right
}

/** `hashCode` of any value; null has 0. */
export function hash(value: Value, work?: Work): number {
  switch (typeof value) {
    case 'string':
      return stringHash(value)
    case 'number':
      return value
    case 'boolean':
      return value ? 1231 : 1237
    default:
      return value === null ? 0 : value.hashCode(work)
  }
}

function stringHash(string: string): number {
  let result = 0
  for (let index = 0; index < string.length; index++) result = (result * 31 + string.charCodeAt(index)) | 0
  return result
}

/** How Java prints an object that has no text of its own. */
export function printIdentity(className: string, hashCode = identityHash): string {
  return `${className}@${(hashCode >>> 0).toString(16)}`
}
