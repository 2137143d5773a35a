import { JavaObject, type Value } from './value.ts'

/** `$x.class`: only its names are of use. */
export class JavaClassObject extends JavaObject {
  get className(): string {
    return 'java.lang.Class'
  }
  readonly name: string

  constructor(instance: Value) {
    super()
    this.name = classNameOf(instance)
  }

  simpleName(): string {
    if (this.name.startsWith('[L')) return `${this.name.slice(this.name.lastIndexOf('.') + 1, -1)}[]`
    if (this.name.startsWith('[')) return this.name === '[C' ? 'char[]' : 'byte[]'
    return this.name.slice(Math.max(this.name.lastIndexOf('.'), this.name.lastIndexOf('$')) + 1)
  }

  print(): string {
    return `class ${this.name}`
  }

  override equals(other: Value): boolean {
    return other instanceof JavaClassObject && other.name === this.name
  }
}

/** The name of the Java class that `value` has. */
export function classNameOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'java.lang.String'
    case 'number':
      return 'java.lang.Integer'
    case 'boolean':
      return 'java.lang.Boolean'
    default:
      return value === null ? 'null' : value.className
  }
}
