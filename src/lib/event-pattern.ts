type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Whether an event meets a pattern: every key of the pattern, one of its alternatives each. The language is that of
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) return false
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or' && Array.isArray(wanted)) return wanted.some(one => matchesPattern(one, event))
    const value = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined
    if (isObject(wanted)) return matchesPattern(wanted, value)
    if (!Array.isArray(wanted)) return false
    // An array in the event matches when one of its elements does.
    const values = Array.isArray(value) ? value : [value]
    return wanted.some(rule => values.some(one => matchesRule(rule, one)))
  })
}

function matchesRule(rule: unknown, value: unknown): boolean {
  if (!isObject(rule)) return rule === value
  const [[operator, operand] = []] = Object.entries(rule)
  switch (operator) {
    case 'exists':
      // Only leaves exist.
      return (value !== undefined && !isObject(value)) === operand
    case 'prefix':
      return affix(value, operand, (text, part) => text.startsWith(part))
    case 'suffix':
      return affix(value, operand, (text, part) => text.endsWith(part))
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase()
    case 'anything-but':
      return value !== undefined && !isObject(value) && isNone(operand, value)
    case 'numeric':
      return typeof value === 'number' && Array.isArray(operand) && meetsNumbers(operand, value)
    default:
      return false
  }
}

function affix(value: unknown, operand: unknown, test: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false
  if (typeof operand === 'string') return test(value, operand)
  const folded = isObject(operand) ? operand['equals-ignore-case'] : undefined
  return typeof folded === 'string' && test(value.toLowerCase(), folded.toLowerCase())
}

function isNone(operand: unknown, value: unknown): boolean {
  if (Array.isArray(operand)) return !operand.includes(value)
  return isObject(operand) ? !matchesRule(operand, value) : operand !== value
}

function meetsNumbers(tests: readonly unknown[], value: number): boolean {
  for (let at = 0; at + 1 < tests.length; at += 2) {
    const bound = Number(tests[at + 1])
    const holds = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    }
    if (holds[tests[at] as keyof typeof holds] !== true) return false
  }
  return tests.length > 0
}

const operators: ReadonlySet<string> = new Set([
  'exists',
  'prefix',
  'suffix',
  'equals-ignore-case',
  'anything-but',
  'numeric',
])

/** Whether this is a pattern at all: keys lead to keys or to lists of literals and known operators. */
export function isPattern(pattern: unknown): boolean {
  if (!isObject(pattern)) return false
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return Array.isArray(wanted) && wanted.every(isPattern)
    if (!Array.isArray(wanted)) return isPattern(wanted)
    return wanted.every(
      rule => !isObject(rule) || Object.keys(rule).every(operator => operators.has(operator)),
    )
  })
}
