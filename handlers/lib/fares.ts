export interface FareLine {
  readonly what: string
  readonly amount: number
}

const vehicles: Readonly<Record<string, number>> = {
  none: 0,
  bicycle: 3.5,
  motorcycle: 12,
  car: 29,
  camper: 46.5,
}

/** The lines of one party's fare: children under 4 travel free, under 16 for half, winter is a fifth cheaper. */
export function fareLines(ages: readonly number[], vehicle: string, season: string): FareLine[] {
  const adult = season === 'winter' ? 10 : 12.5
  const people = ages.map(age => {
    if (age < 4) return { what: 'infant', amount: 0 }
    return age < 16 ? { what: 'child', amount: adult / 2 } : { what: 'adult', amount: adult }
  })
  const price = vehicles[vehicle] ?? 0
  return price > 0 ? [...people, { what: vehicle, amount: price }] : people
}
