import { validationError } from './errors.ts'
import type { IamContext } from './state.ts'

/** The user that an operation is about: the one named, or the caller where none is. */
export function userNameOf(context: IamContext, given: string | undefined): string {
  if (given !== undefined) return given
  const { principal } = context
  if (principal.kind === 'user') return principal.arn.slice(principal.arn.lastIndexOf('/') + 1)
  throw validationError('Must specify userName when calling with non-User credentials')
}
