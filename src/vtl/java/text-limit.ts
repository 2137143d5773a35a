import { JavaException } from './value.ts'

/** No single text grows beyond this many characters: a template that doubles a string in a loop ends here. */
const longestText = 20 * 1024 * 1024

/** Passes `value` on, or throws what Java throws when memory ends. */
export function checkedLength(value: string, length = value.length): string {
  if (length > longestText) throw new JavaException('java.lang.OutOfMemoryError', 'The text is too long')
  return value
}
