import { validationException } from './errors.ts'

/**
 * A table's name, or its ARN. The model allows what an ARN may be, so the name's own limits are checked here; every
 * broken one is named.
 */
export function checkTableName(name: string | undefined, isNew = false): void {
  if (name === undefined || (!isNew && name.startsWith('arn:'))) return
  const found: string[] = []
  const fails = (limit: string): void => {
    found.push(`Value '${name}' at 'tableName' failed to satisfy constraint: ${limit}`)
  }
  if (!/^[a-zA-Z0-9_.-]*$/.test(name))
    fails('Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+')
  if (isNew && name.length < 3) fails('Member must have length greater than or equal to 3')
  if (name.length > 255) fails('Member must have length less than or equal to 255')
  if (found.length > 0) {
    throw validationException(
      `${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`,
    )
  }
}

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
