import { operators } from './operators.ts'
import type { RequestContext } from './request-context.ts'

/** One line of a Condition block: whether the request meets it. */
export type Condition = (context: RequestContext) => boolean

/** A Condition block as it stands in a document. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, unknown>>>>

interface ParsedOperator {
  readonly set: 'all' | 'any' | undefined
  readonly name: string
  readonly ifExists: boolean
}

/** Tells apart `ForAnyValue:StringLikeIfExists`; undefined for an operator that IAM does not have. */
export function parseOperator(text: string): ParsedOperator | undefined {
  const found = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(text)
  if (found === null) return undefined
  const name = (found[2] as string).toLowerCase()
  if (name !== 'null' && !operators.has(name)) return undefined
  const set = found[1]?.toLowerCase()
  return {
    name,
    ifExists: found[3] !== undefined,
    set: set === undefined ? undefined : set === 'forallvalues' ? 'all' : 'any',
  }
}

/** Compiles a Condition block; all of its lines have to hold. */
export function compileConditions(block: ConditionBlock, variables: boolean): readonly Condition[] {
  return Object.entries(block).flatMap(([operatorText, keys]) => {
    const operator = parseOperator(operatorText)
    return Object.entries(keys).map(([key, values]) =>
      operator === undefined
        ? () => false
        : compileCondition(operator, key.toLowerCase(), textList(values), variables),
    )
  })
}

function compileCondition(
  { set, name, ifExists }: ParsedOperator,
  key: string,
  wanted: readonly string[],
  variables: boolean,
): Condition {
  const operator = operators.get(name)
  if (operator === undefined) return compileNull(key, wanted)
  const comparisons = wanted.map(value => operator.compile(value, variables))
  const { negated } = operator
  return context => {
    const given = context(key)
    // `IfExists` asks of each value, so ForAnyValue, which found none, does not hold in spite of it (as iam-simulate's
    // authors observed): https://iam.cloudcopilot.io/resources/operators/ForAnyValue:StringNotEqualsIfExists
    if (given === undefined || given.length === 0)
      return set === 'all' || (set === undefined && (ifExists || negated))
    const tests: ((value: string) => boolean)[] = []
    for (const comparison of comparisons) {
      const test = comparison(context)
      // A variable without a value, or a value of the wrong type, makes the statement match nothing.
      if (test === undefined) return false
      tests.push(test)
    }
    const holds = (value: string) => tests.some(test => test(value)) !== negated
    // Without a set operator, a negated line must hold for every value and a plain one for any.
    return set === 'all' || (set === undefined && negated) ? given.every(holds) : given.some(holds)
  }
}

/** `Null: { key: true }` asks that the key be absent. */
function compileNull(key: string, wanted: readonly string[]): Condition {
  return context => {
    const absent = (context(key)?.length ?? 0) === 0
    return wanted.some(value => (value.toLowerCase() === 'true') === absent)
  }
}

/** A value or a list of values, of any scalar type, as texts. */
export function textList(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value])
    .filter(item => item !== undefined && item !== null && typeof item !== 'object')
    .map(String)
}
