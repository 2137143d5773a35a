import { JavaObject, printIdentity, type Value } from './value.ts'

/** An array of Java: it has the methods of a list, but prints as an address. */
export class JavaArray extends JavaObject {
  /** `[Ljava.lang.String;`, `[C` … */
  readonly className: string
  readonly values: Value[]

  constructor(className: string, values: Value[]) {
    super()
    this.className = className
    this.values = values
  }

  print(): string {
    return printIdentity(this.className)
  }
}
