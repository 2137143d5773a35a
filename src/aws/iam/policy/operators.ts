import { compileBlock } from './addresses.ts'
import type { RequestContext } from './request-context.ts'
import { compileText, compileValue } from './text-pattern.ts'

/** Compares one value of the request; undefined where the policy's value cannot be resolved or read. */
export type Comparison = (context: RequestContext) => ((value: string) => boolean) | undefined

/** One operator: how a policy's value is compared, and whether the operator is a negated one. */
export interface Operator {
  readonly negated: boolean
  compile(value: string, variables: boolean): Comparison
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    ...pair('StringEquals', 'StringNotEquals', (value, variables) =>
      compileText(value, { variables, wildcards: false }),
    ),
    ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', (value, variables) =>
      compileText(value, { variables, wildcards: false, ignoreCase: true }),
    ),
    ...pair('StringLike', 'StringNotLike', (value, variables) =>
      compileText(value, { variables, wildcards: true }),
    ),
    ...pair('ArnEquals', 'ArnNotEquals', compileArn),
    ...pair('ArnLike', 'ArnNotLike', compileArn),
    ...pair(
      'NumericEquals',
      'NumericNotEquals',
      compared(number, (a, b) => a === b),
    ),
    ...single(
      'NumericLessThan',
      compared(number, (a, b) => a < b),
    ),
    ...single(
      'NumericLessThanEquals',
      compared(number, (a, b) => a <= b),
    ),
    ...single(
      'NumericGreaterThan',
      compared(number, (a, b) => a > b),
    ),
    ...single(
      'NumericGreaterThanEquals',
      compared(number, (a, b) => a >= b),
    ),
    ...pair(
      'DateEquals',
      'DateNotEquals',
      compared(date, (a, b) => a === b),
    ),
    ...single(
      'DateLessThan',
      compared(date, (a, b) => a < b),
    ),
    ...single(
      'DateLessThanEquals',
      compared(date, (a, b) => a <= b),
    ),
    ...single(
      'DateGreaterThan',
      compared(date, (a, b) => a > b),
    ),
    ...single(
      'DateGreaterThanEquals',
      compared(date, (a, b) => a >= b),
    ),
    ...single(
      'Bool',
      compared(boolean, (a, b) => a === b),
    ),
    ...single(
      'BinaryEquals',
      compared(binary, (a, b) => a === b),
    ),
    ...pair('IpAddress', 'NotIpAddress', prepared(compileBlock)),
  } satisfies Record<string, Operator>).map(([name, operator]) => [name.toLowerCase(), operator]),
)

type Compile = Operator['compile']

function single(name: string, compile: Compile): Record<string, Operator> {
  return { [name]: { negated: false, compile } }
}

function pair(name: string, negation: string, compile: Compile): Record<string, Operator> {
  return { [name]: { negated: false, compile }, [negation]: { negated: true, compile } }
}

/** Each of an ARN's six parts is compared by itself, and may hold wildcards even in ArnEquals. */
function compileArn(value: string, variables: boolean): Comparison {
  const parts = arnParts(value)
  if (parts === undefined) {
    const whole = compileText(value, { variables, wildcards: true })
    return value === '*' ? whole : () => undefined
  }
  const patterns = parts.map(part => compileText(part, { variables, wildcards: true }))
  return context => {
    const tests = patterns.map(pattern => pattern(context))
    if (tests.includes(undefined)) return undefined
    return text => {
      const given = arnParts(text)
      return given?.every((part, at) => tests[at]?.(part)) ?? false
    }
  }
}

/** A `:` inside `${…}` separates nothing. */
function arnParts(arn: string): readonly string[] | undefined {
  const parts = arn.match(/(?:\$\{[^}]*\}|[^:])*(?::|$)/g)?.map(part => part.replace(/:$/, '')) ?? []
  if (parts.length < 6) return undefined
  const head = parts.slice(0, 5)
  return [...head, arn.slice(head.join(':').length + 1)]
}

/** Makes a test of a value once and for all, or at every request where variables stand in it. */
function prepared(prepare: (text: string) => ((given: string) => boolean) | undefined): Compile {
  return (value, variables) => {
    if (!variables || !value.includes('${')) {
      const test = prepare(value)
      return () => test
    }
    const resolve = compileValue(value, variables)
    return context => {
      const text = resolve(context)
      return text === undefined ? undefined : prepare(text)
    }
  }
}

function compared<Value>(
  read: (text: string) => Value | undefined,
  compare: (given: Value, wanted: Value) => boolean,
): Compile {
  return prepared(text => {
    const wanted = read(text)
    if (wanted === undefined) return undefined
    return given => {
      const readable = read(given)
      return readable !== undefined && compare(readable, wanted)
    }
  })
}

function number(text: string): number | undefined {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : undefined
}

/** ISO 8601, or seconds since 1970. */
function date(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000
  if (!/^\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

function boolean(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

function binary(text: string): string | undefined {
  return Buffer.from(text, 'base64').toString('base64')
}
