/** What every file system takes as a name, and people read as one. */
const plain = /^[\p{L}\p{N} _.,@()+=~-]{1,100}$/u
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * Chooses the files of keys: a key is its own path where that is safe on every system and nobody else's; any other key
 * gets a number below `.odd`. The manifest says which is which, so nothing is ever read out of a path.
 */
export function createFileNames(): (key: string) => string {
  const files = new Set<string>()
  const folders = new Set<string>()
  let odd = 0
  return key => {
    const segments = key.split('/')
    const safe = segments.every(
      segment => plain.test(segment) && !/^\.+|[. ]$/.test(segment) && !reserved.test(segment),
    )
    // Systems that do not tell cases or forms of Unicode apart must not mix two keys up.
    const folded = segments.map(segment => segment.normalize('NFKC').toLowerCase())
    const parents = folded.slice(1).map((_, index) => folded.slice(0, index + 1).join('/'))
    const name = folded.join('/')
    const free = !files.has(name) && !folders.has(name) && !parents.some(parent => files.has(parent))
    if (!safe || !free || segments.length > 20) {
      odd++
      return `.odd/${odd}`
    }
    files.add(name)
    for (const parent of parents) folders.add(parent)
    return key
  }
}
