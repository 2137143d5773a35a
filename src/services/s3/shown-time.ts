/** A moment as S3's answers show it: in whole seconds, `….000Z` (recorded from AWS's lists). */
export function shownTime(milliseconds: number): Date {
  return new Date(milliseconds - (milliseconds % 1000))
}
