import { invalidArgument } from '../errors.ts'

/** When an action happens. */
interface Time {
  readonly Days?: number | undefined
  readonly Date?: Date | undefined
}

/** Refuses too few days, and dates that are no midnight. */
export function checkTime({ Days, Date: date }: Time, action: string, least: number): void {
  if (Days !== undefined && Days < least)
    throw invalidArgument(
      `'Days' for ${action} action must be a ${least === 0 ? 'nonnegative' : 'positive'} integer`,
      'Days',
      Days,
    )
  if (date !== undefined && date.getTime() % 86_400_000 !== 0)
    throw invalidArgument("'Date' must be at midnight GMT", 'Date', date.toISOString())
}
