import type { FullKeys } from './full-key.ts'
import { type Change, Layer } from './layer.ts'
import { openLog } from './log.ts'
import { openTree, type Tree } from './tree.ts'

/** Bytes of the log after which the tree takes what is in it. */
const fullLog = 4 * 1024 * 1024
/** Bytes after which writers wait until the tree has taken what came before. */
const longestLog = 4 * fullLog

/** What is on disk: rows of the tree, and changes over them that stand in the log. */
export interface DurableRows {
  readonly tree: Tree
  /** What the tree has not taken yet, the newest first. */
  layers(): readonly Layer[]
  /** Makes a group durable, one at a time: its records for the log, and the same changes. Rejects where it is not. */
  write(records: Buffer, changes: readonly Change[]): Promise<void>
  close(): Promise<void>
}

/**
 * Opens what is in `directory`.
 *
 * While the tree takes one generation of the log, groups go on into the next, in the log's other file. What a killed
 * process left is read into memory, and everything goes on from there. `recycle` gets the slabs that no layer needs.
 */
export async function openDurableRows(
  directory: string,
  keys: FullKeys,
  recycle: (slab: Buffer) => void,
): Promise<DurableRows> {
  const tree = openTree(directory, keys)
  const left = await openLog(directory, tree.generation())
  const { log } = left
  /** Of the log's generation. */
  let { recent } = left
  /** Of the generation before, until the tree has taken it. */
  let { sealed } = left
  let layers: readonly Layer[] = []
  let taking: Promise<void> | undefined
  const stack = (): void => {
    layers = sealed === undefined ? [recent] : [recent, sealed]
  }
  stack()

  function seal(): void {
    sealed = recent
    recent = new Layer()
    log.restart()
    stack()
  }

  async function take(layer: Layer): Promise<void> {
    try {
      await tree.take(layer, log.generation - 1)
      sealed = undefined
      stack()
      for (const slab of layer.slabs) if (!recent.slabs.has(slab)) recycle(slab)
    } finally {
      taking = undefined
    }
  }

  /** Begins to bring what is sealed into the tree; where that failed, again. */
  async function takeSealed(): Promise<void> {
    if (sealed === undefined) return
    taking ??= take(sealed)
    await taking
  }

  /** Lets the tree take a full log, and waits for it only where the log has grown far beyond. */
  async function makeRoom(): Promise<void> {
    while (log.length >= fullLog) {
      if (sealed === undefined) seal()
      const mayGoOn = log.length < longestLog
      const taken = takeSealed()
      if (!mayGoOn) await taken
      else {
        // The next group tries again.
        taken.catch(() => {})
        return
      }
    }
  }

  return {
    tree,
    layers: () => layers,
    async write(records, changes) {
      if (log.length >= fullLog) await makeRoom()
      await log.append(
        records,
        changes.some(({ kept }) => kept === null),
      )
      for (const change of changes) recent.set(change)
    },
    async close() {
      try {
        await takeSealed()
        if (log.length > 0) seal()
        await takeSealed()
      } catch {
        // What does not get into the tree is in the log, for the next process.
      }
      log.close()
      await tree.close()
    },
  }
}
