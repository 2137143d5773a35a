import { formatPath, type Path } from './placeholders.ts'
import { Problems } from './problems.ts'

/** Notes the first two paths of which one is part of the other, or that use one place both as list and as map. */
export function checkPaths(
  paths: readonly Path[],
  problems: { note(rank: 'path-overlap' | 'path-conflict', message: string): void },
): void {
  for (let later = 1; later < paths.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const [one, two] = [paths[earlier] ?? [], paths[later] ?? []]
      const relation = relate(one, two)
      if (relation === undefined) continue
      problems.note(
        relation === 'overlap' ? 'path-overlap' : 'path-conflict',
        `Two document paths ${relation} with each other; must remove or rewrite one of these paths; ` +
          `path one: ${formatPath(one)}, path two: ${formatPath(two)}`,
      )
    }
  }
}

function relate(one: Path, two: Path): 'overlap' | 'conflict' | undefined {
  for (let index = 0; index < one.length && index < two.length; index++) {
    if (typeof one[index] !== typeof two[index]) return 'conflict'
    if (one[index] !== two[index]) return undefined
  }
  return 'overlap'
}

/** Throws where two paths of one update overlap; for updates that are no update expressions. */
export function refuseOverlap(paths: readonly Path[]): void {
  const problems: Problems<'path-overlap' | 'path-conflict'> = new Problems(['path-overlap', 'path-conflict'])
  checkPaths(paths, problems)
  problems.throwFirst()
}
