/** 56 digits, as AWS's ids of log events; they sort as the events do. */
export function eventId(time: number, number: number, index: number): string {
  return `3${String(time).padStart(15, '0')}${String(number).padStart(20, '0')}${String(index).padStart(20, '0')}`
}

/** The time of the event that an id names. */
export function timeOf(id: string): number {
  return Number(id.slice(1, 16))
}
