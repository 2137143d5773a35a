import type { Cancel } from '../../ports/index.ts'
import type { Arrival } from './state.ts'

/** Somebody who wants to hear of log events as they are stored. */
export interface Follower {
  arrived(arrival: Arrival, ingested: number): void
  /** Nothing more will come: the simulator stops. */
  ended(): void
}

/** Everybody who follows. */
export interface Followers {
  tell(arrival: Arrival, ingested: number): void
  follow(follower: Follower): Cancel
  end(): void
}

/** Makes an empty list. */
export function createFollowers(): Followers {
  const all = new Set<Follower>()
  return {
    tell(arrival, ingested) {
      for (const follower of all) follower.arrived(arrival, ingested)
    },
    follow(follower) {
      all.add(follower)
      return () => {
        all.delete(follower)
      }
    },
    end() {
      for (const follower of all) follower.ended()
    },
  }
}
