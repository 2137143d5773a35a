/**
 * What says that a disk, or a user's share of it, takes no more: Node's codes, lmdb's numbers of the same, and
 * PostgreSQL's 53100. lmdb calls a write that was cut short an input/output error, 5.
 */
const full: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EIO', 28, 122, 5, '53100'])

/** Whether an error, or what caused it, is a disk without room. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return full.has((error as NodeJS.ErrnoException).code) || isDiskFull(error.cause)
}
