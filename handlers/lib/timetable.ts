export interface Harbour {
  readonly code: string
  readonly name: string
}

export interface Vessel {
  readonly name: string
  readonly seats: number
  readonly carDeck: boolean
}

export interface Sailing {
  readonly id: string
  readonly departs: string
  readonly arrives: string
  readonly vessel: Vessel
}

const harbours: readonly Harbour[] = [
  { code: 'SAL', name: 'Saltholm' },
  { code: 'VEN', name: 'Ven' },
  { code: 'HJA', name: "Hjalmar's Landing" },
]

const linnet: Vessel = { name: 'Linnet', seats: 120, carDeck: false }
const greyGoose: Vessel = { name: 'Grey Goose', seats: 240, carDeck: true }

/** Departures by hour; minutes of crossing decide the arrival. */
const departures = { summer: [7, 9, 11, 14, 17, 20], winter: [8, 12, 17] }
const crossingMinutes = 50

/** The harbour of that code or name; throws `unknown_harbour: …`, which the API maps to a 404. */
export function findHarbour(name: string): Harbour {
  const wanted = name.toLowerCase()
  const harbour = harbours.find(one => one.code.toLowerCase() === wanted || one.name.toLowerCase() === wanted)
  if (!harbour) throw new Error(`unknown_harbour: No harbour is called "${name}"`)
  return harbour
}

/** What sails between two harbours in a season, in the order of departure. */
export function sailingsBetween(from: Harbour, to: Harbour, season: string): Sailing[] {
  if (from.code === to.code) return []
  return (season === 'winter' ? departures.winter : departures.summer).map((hour, index) => {
    const clock = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    return {
      id: `${from.code}-${to.code}-${String(hour).padStart(2, '0')}00`,
      departs: clock(hour * 60),
      arrives: clock(hour * 60 + crossingMinutes),
      vessel: index % 2 === 0 ? greyGoose : linnet,
    }
  })
}

/** The sailing of that id; throws `unknown_sailing: …`. */
export function findSailing(id: string, season: string): Sailing {
  const [from = '', to = ''] = id.split('-')
  const sailing = sailingsBetween(findHarbour(from), findHarbour(to), season).find(one => one.id === id)
  if (!sailing) throw new Error(`unknown_sailing: ${id} does not sail in ${season || 'summer'}`)
  return sailing
}
