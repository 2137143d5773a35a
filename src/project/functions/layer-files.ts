import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** So many files of a layer are watched, those nearest to its top: what lies deeper was installed, not written. */
const most = 500

/** The files of layers' folders, which functions are made anew for when they change; each folder is read once. */
export function createLayerFiles(): (folders: readonly string[]) => string[] {
  const known = new Map<string, string[]>()
  return folders =>
    folders.flatMap(folder => {
      const files = known.get(folder) ?? filesOf(folder)
      known.set(folder, files)
      return files
    })
}

function filesOf(top: string): string[] {
  const found: string[] = []
  const folders = [top]
  for (let folder = folders.shift(); folder !== undefined && found.length < most; folder = folders.shift()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && entry.name !== '__pycache__' && entry.name !== '.git') folders.push(path)
      else if (entry.isFile()) found.push(path)
    }
  }
  return found.slice(0, most)
}

/** A layer that is missing is told of where the function is started. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}
