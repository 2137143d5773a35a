import type { AttributeValue } from './attribute-value.ts'
import { maximumDigits, maximumExponent, minimumExponent, normalizeNumber, parseDecimal } from './decimal.ts'

/** Documents may nest 32 levels deep. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
export const maximumDepth = 32

const invalid = 'One or more parameter values were invalid: '

/**
 * Says in DynamoDB's words what is wrong with a value, or undefined. Numbers and NULLs are brought to their canonical
 * form on the way, in place: the value has just been parsed and is nobody else's.
 */
export function checkValue(value: AttributeValue, depth = 0): string | undefined {
  let count = 0
  for (const type in value) {
    count++
    const problem = checkMember(type, value, depth)
    if (problem !== undefined) return problem
  }
  if (count === 0)
    return 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'
  return count === 1
    ? undefined
    : 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes'
}

function checkMember(type: string, value: AttributeValue, depth: number): string | undefined {
  const members = value as unknown as Record<string, unknown>
  switch (type) {
    case 'N': {
      const text = members['N'] as string
      const problem = checkNumber(text)
      if (problem === undefined) members['N'] = normalizeNumber(text)
      return problem
    }
    case 'NULL':
      // Since June 2026 `false` is taken, and is kept as `true` (recorded by nubo-db/dynamodb-conformance).
      members['NULL'] = true
      return undefined
    case 'SS':
    case 'NS':
    case 'BS':
      return checkSet(type, members)
    case 'L':
      if (depth >= maximumDepth) return tooDeep
      return firstProblem(members['L'] as AttributeValue[], depth)
    case 'M':
      if (depth >= maximumDepth) return tooDeep
      return firstProblem(Object.values(members['M'] as object) as AttributeValue[], depth)
    default:
      return undefined
  }
}

const tooDeep =
  'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit'

function firstProblem(values: readonly AttributeValue[], depth: number): string | undefined {
  for (const value of values) {
    const problem = checkValue(value, depth + 1)
    if (problem !== undefined) return problem
  }
  return undefined
}

function checkSet(type: 'SS' | 'NS' | 'BS', members: Record<string, unknown>): string | undefined {
  const set = members[type] as string[]
  if (set.length === 0) {
    if (type === 'BS') return `${invalid}Binary sets should not be empty`
    return `${invalid}An ${type === 'SS' ? 'string' : 'number'} set  may not be empty`
  }
  if (type === 'NS') {
    for (const [index, text] of set.entries()) {
      const problem = checkNumber(text)
      if (problem !== undefined) return problem
      set[index] = normalizeNumber(text)
    }
  }
  if (new Set(set).size === set.length) return undefined
  if (type === 'NS') return 'Input collection contains duplicates'
  // The missing blank is DynamoDB's.
  return `${invalid}Input collection [${set.join(', ')}]${type === 'BS' ? 'of type BS' : ''} contains duplicates.`
}

function checkNumber(text: string): string | undefined {
  if (text === '') return 'The parameter cannot be converted to a numeric value'
  const decimal = parseDecimal(text)
  if (decimal === undefined) return `The parameter cannot be converted to a numeric value: ${text}`
  if (decimal.digits === '') return undefined
  if (decimal.exponent > maximumExponent) {
    return 'Number overflow. Attempting to store a number with magnitude larger than supported range'
  }
  if (decimal.exponent < minimumExponent) {
    return 'Number underflow. Attempting to store a number with magnitude smaller than supported range'
  }
  return decimal.digits.length > maximumDigits
    ? 'Attempting to store more than 38 significant digits in a Number'
    : undefined
}
