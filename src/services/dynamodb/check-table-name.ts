import { validationException } from './errors.ts'

/**
 * What is wrong with a table's name, or its ARN: the model allows what an ARN may be, so the name's own limits are
 * looked at here.
 */
export function nameProblems(name: string | undefined, isNew = false): readonly string[] {
  if (name === undefined || (!isNew && name.startsWith('arn:'))) return []
  const limits: string[] = []
  if (!/^[a-zA-Z0-9_.-]*$/.test(name))
    limits.push('Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+')
  if (isNew && name.length < 3) limits.push('Member must have length greater than or equal to 3')
  if (name.length > 255) limits.push('Member must have length less than or equal to 255')
  return limits.map(limit => `Value '${name}' at 'tableName' failed to satisfy constraint: ${limit}`)
}

/** Refuses an input for what is found here together with what breaks the model's limits: DynamoDB names all in one. */
export function refuseProblems(found: readonly string[], broken?: string): void {
  if (found.length === 0) return
  const [, count = '0', rest] = /^(\d+) validation errors? detected: (.*)$/s.exec(broken ?? '') ?? []
  const total = found.length + Number(count)
  const all = rest === undefined ? found : [...found, rest]
  throw validationException(`${total} validation error${total > 1 ? 's' : ''} detected: ${all.join('; ')}`)
}

/** Refuses a name that none can be. */
export const checkTableName = (name: string | undefined, isNew = false): void =>
  refuseProblems(nameProblems(name, isNew))

/**
 * The name of a table that is described, changed or deleted: these operations word its absence and its length
 * themselves (recorded by dynalite).
 */
export function checkManagedName(name: string | undefined): void {
  if (name === undefined)
    throw validationException("The parameter 'TableName' is required but was not present in the request")
  if (name.startsWith('arn:')) return
  if (name.length < 3 || name.length > 255)
    throw validationException('TableName must be at least 3 characters long and at most 255 characters long')
  checkTableName(name)
}
