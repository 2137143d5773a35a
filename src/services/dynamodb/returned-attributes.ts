import { type Path, project } from './expressions/index.ts'
import type { ItemChange } from './items.ts'
import type { Item } from './values/attribute-value.ts'

/** `ReturnValues`; an old item that did not exist, and an update that touched nothing, show nothing. */
export function returnedAttributes(
  wanted: string | undefined,
  { before, after }: ItemChange,
  paths: readonly Path[],
): Item | undefined {
  if (wanted === 'ALL_OLD') return before
  if (wanted === 'ALL_NEW') return after
  const of = wanted === 'UPDATED_OLD' ? before : wanted === 'UPDATED_NEW' ? after : undefined
  const shown = of === undefined ? undefined : project(of, paths)
  return shown === undefined || Object.keys(shown).length === 0 ? undefined : shown
}
