import { JavaObject, printIdentity, text, type Value } from './value.ts'

/** A `Stream`, as far as it goes without functions: counted, cut, sorted, gathered again. */
export class JavaStream extends JavaObject {
  get className(): string {
    return 'java.util.stream.ReferencePipeline$Head'
  }
  readonly values: readonly Value[]

  constructor(values: readonly Value[]) {
    super()
    this.values = values
  }

  print(): string {
    return printIdentity(this.className)
  }
}

/** `java.util.Optional`. */
export class JavaOptional extends JavaObject {
  get className(): string {
    return 'java.util.Optional'
  }
  readonly value: Value

  constructor(value: Value) {
    super()
    this.value = value
  }

  print(): string {
    return this.value === null ? 'Optional.empty' : `Optional[${text(this.value)}]`
  }
}
