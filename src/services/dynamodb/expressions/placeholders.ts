import type { AttributeValue } from '../values/attribute-value.ts'
import type { PathStep } from './ast.ts'
import { isReservedWord } from './reserved-words.ts'

/** A document path: names and indexes. */
export type Path = readonly (string | number)[]

/** Where problems with names and values are noted. */
export interface PlaceholderProblems {
  note(rank: 'reserved' | 'name' | 'value', message: string): void
}

/** `ExpressionAttributeNames` and `ExpressionAttributeValues` of one request, and which of them its expressions use. */
export class Placeholders {
  readonly #names: Readonly<Record<string, string>>
  readonly #values: Readonly<Record<string, AttributeValue>>
  readonly #used = new Set<string>()

  constructor(
    names: Readonly<Record<string, string>> = {},
    values: Readonly<Record<string, AttributeValue>> = {},
  ) {
    this.#names = names
    this.#values = values
  }

  path(steps: readonly PathStep[], problems: PlaceholderProblems): Path {
    return steps.map(step => {
      if (step.kind === 'index') return step.index
      if (step.kind === 'placeholder') return this.#name(step.name, problems)
      if (isReservedWord(step.name)) {
        problems.note('reserved', `Attribute name is a reserved keyword; reserved keyword: ${step.name}`)
      }
      return step.name
    })
  }

  #name(placeholder: string, problems: PlaceholderProblems): string {
    this.#used.add(placeholder)
    const name = Object.hasOwn(this.#names, placeholder) ? this.#names[placeholder] : undefined
    if (name !== undefined) return name
    problems.note(
      'name',
      `An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
    )
    return placeholder
  }

  value(placeholder: string, problems: PlaceholderProblems): AttributeValue | undefined {
    this.#used.add(placeholder)
    const value = Object.hasOwn(this.#values, placeholder) ? this.#values[placeholder] : undefined
    if (value === undefined) {
      problems.note(
        'value',
        `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      )
    }
    return value
  }

  /** The names and values that no expression used, or undefined when all were. */
  unused():
    | { readonly what: 'ExpressionAttributeNames' | 'ExpressionAttributeValues'; readonly keys: string[] }
    | undefined {
    const names = Object.keys(this.#names).filter(name => !this.#used.has(name))
    if (names.length > 0) return { what: 'ExpressionAttributeNames', keys: names }
    const values = Object.keys(this.#values).filter(name => !this.#used.has(name))
    return values.length > 0 ? { what: 'ExpressionAttributeValues', keys: values } : undefined
  }
}

/** `[a, b, [0]]`, as messages write a path. */
export function formatPath(path: Path): string {
  return `[${path.map(step => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`
}
