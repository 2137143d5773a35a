import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { sep } from 'node:path'
import type { Logger } from '../../ports/index.ts'

/** How the processes of one execution environment see its layers. */
export interface LayerView {
  /** Folders to search, the one that wins first: `/opt` alone where the layers are mounted there. */
  readonly folders: readonly string[]
  /** Goes in front of every command line of the environment. */
  readonly prefix: readonly string[]
  /** A file of a layer as the environment's processes name it. */
  inside(file: string): string
}

/** Mounts layers where the system lets us. */
export interface LayerMounts {
  /** `layers`: folders in the function's order, in which later ones lie over earlier ones. */
  view(layers: readonly string[], functionName: string): LayerView
}

const opt = '/opt'
/** The new namespace is the processes' own: nothing outside sees the mount, and it goes with the last of them. */
const script = 'mount -t overlay lambdarium -o "$1" /opt || exit 1; shift; exec "$@"'
/** Inside a namespace of its own an ordinary user may mount; the second step gives back the user's own id. */
const scriptOfUser = `mount -t overlay lambdarium -o "$1" /opt || exit 1; shift; exec unshare -U --map-user="$1" --map-group="$2" -- sh -c 'shift 2; exec "$@"' layers "$@"`

const none: LayerView = { folders: [], prefix: [], inside: file => file }

/** `lowerdir` in overlayfs's spelling; the machine's own `/opt` is the lowest, for interpreters may live there. */
function overlayOptions(folders: readonly string[]): string {
  return `ro,lowerdir=${[...folders, opt].map(folder => folder.replace(/[\\:,]/g, '\\$&')).join(':')}`
}

/** The beginnings of command lines that may do it, best first. */
function prefixes(folders: readonly string[]): string[][] {
  const options = overlayOptions(folders)
  const user = process.getuid?.() ?? 0
  if (user === 0) return [['unshare', '-m', 'sh', '-c', script, 'layers', options]]
  const group = String(process.getgid?.() ?? user)
  return [
    ['unshare', '-U', '-r', '-m', 'sh', '-c', scriptOfUser, 'layers', options, String(user), group],
    ['unshare', '-U', '-r', '-m', 'sh', '-c', script, 'layers', options],
  ]
}

/**
 * Puts layers at `/opt`, in a mount namespace of each execution environment: Linux only, as root or where user
 * namespaces are allowed. Elsewhere they are on the search paths, and a warning says so once.
 * https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
 */
export function createLayerMounts(log: Logger, environment: Readonly<Record<string, string>>): LayerMounts {
  const known = new Map<string, readonly string[] | string>()
  let warned = false

  /** Asked once for each set of layers: file systems differ in what they let be mounted over. */
  const probe = (folders: readonly string[]): readonly string[] | string => {
    if (process.platform !== 'linux') return 'only Linux has mount namespaces'
    if (!existsSync(opt)) return 'there is no folder /opt'
    let reason = ''
    for (const prefix of prefixes(folders)) {
      const [command = '', ...rest] = prefix
      const done = spawnSync(command, [...rest, 'true'], {
        env: environment,
        timeout: 5000,
        encoding: 'utf8',
      })
      if (done.status === 0) return prefix
      reason ||= done.error?.message ?? done.stderr.trim()
    }
    return reason
  }

  return {
    view(layers, functionName) {
      if (layers.length === 0) return none
      const folders = layers.toReversed()
      const key = folders.join('\n')
      const prefix = known.get(key) ?? probe(folders)
      known.set(key, prefix)
      if (typeof prefix !== 'string') {
        const inside = (file: string): string => {
          const folder = folders.find(each => file.startsWith(each + sep))
          return folder === undefined ? file : opt + file.slice(folder.length)
        }
        return { folders: [opt], prefix, inside }
      }
      if (!warned) {
        warned = true
        log.warn(
          { function: functionName, reason: prefix },
          `Layers cannot be mounted at /opt here (${prefix}): they are on the search paths of the runtimes instead, and code that names /opt does not find them`,
        )
      }
      return { ...none, folders }
    },
  }
}
