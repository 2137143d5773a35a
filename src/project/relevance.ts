import { existsSync } from 'node:fs'
import { extname, relative, sep } from 'node:path'

/** What a handler may write or read beside itself without being another one. */
const data = new Set(
  '.txt .md .log .csv .tsv .html .css .xml .png .jpg .jpeg .gif .svg .pdf .zip .tmp'.split(' '),
)

/**
 * Tells whether a change of a path can change the project. `isKnown` says whether the last load depended on it,
 * read or missed; besides, new files count where they could be an API, a function or a module.
 */
export function relevance(directory: string, isKnown: (path: string) => boolean): (path: string) => boolean {
  return path => {
    if (isKnown(path)) return true
    const [top = '', ...rest] = relative(directory, path).split(sep)
    const name = rest.at(-1) ?? top
    if (top === '.env' || top.startsWith('lambdarium.config.')) return true
    // Nothing depended on it and it is gone again: what editors and `sed -i` write beside the file that they save.
    if (!existsSync(path)) return false
    if (top === 'swagger') return true
    if (top === 'handlers') return !data.has(extname(name)) || (rest.length === 1 && extname(name) === '.zip')
    return (top === 'src' || top === 'lib') && (extname(name) === '.py' || extname(name) === '')
  }
}
