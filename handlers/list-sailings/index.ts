import { findHarbour, sailingsBetween } from '../lib/timetable.ts'

interface Search {
  readonly from: string
  readonly to: string
  readonly season: string
}

export const handler = async ({ from, to, season }: Search) => {
  const [start, end] = [findHarbour(from), findHarbour(to)]
  return { from: start, to: end, sailings: sailingsBetween(start, end, season) }
}
