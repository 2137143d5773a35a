import { invalidArgument } from '../errors.ts'

/** Part numbers go from 1 to 10,000. */
export function checkPartNumber(number: number | undefined): number {
  if (number === undefined || number < 1 || number > 10_000)
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      number,
    )
  return number
}
