import { validationError } from './errors.ts'

/** A path begins and ends with `/`; absent, it is `/`. */
export function checkedPath(path: string | undefined): string {
  if (path === undefined) return '/'
  if (/^\/$|^\/[\u0021-\u007E]+\/$/.test(path) && path.length <= 512) return path
  throw validationError(
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  )
}
