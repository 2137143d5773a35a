import { listRoutes, type ProjectSnapshot } from '../../project/index.ts'
import type { MatchedMethod } from './live-view.ts'

/** Says who answers a method, the function, the URL or `mock`, as the project is now; looked up once per snapshot. */
export function createTargetLookup(
  current: () => ProjectSnapshot | undefined,
): (matched: MatchedMethod | undefined) => string {
  let seen: ProjectSnapshot | undefined
  let targets: ReadonlyMap<string, string> = new Map()
  return matched => {
    const snapshot = current()
    if (snapshot === undefined || matched === undefined) return ''
    if (snapshot !== seen) {
      seen = snapshot
      targets = new Map(
        listRoutes(snapshot).map(row => [`${row.api} ${row.method} ${row.path}`, row.target || 'mock']),
      )
    }
    return targets.get(`${matched.api} ${matched.method} ${matched.resource}`) ?? ''
  }
}
