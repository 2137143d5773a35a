import { isBuiltin } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { OnResolveResult, Plugin } from 'esbuild'

const resolving = Symbol('resolving')

/** What Lambda's own runtimes bring along: it may be missing on this machine. */
const provided = /^(aws-sdk|@aws-sdk\/|@smithy\/)/

/**
 * Leaves packages out of the bundle, but names the very file that the handler would have found beside itself: the
 * bundle lies in another folder, from which Node would find other packages or none. Native addons stay where they are.
 */
export function packagesInPlace(
  form: 'esm' | 'cjs',
  missing: (name: string, importer: string) => void,
): Plugin {
  return {
    name: 'packages-in-place',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async (args): Promise<OnResolveResult | undefined> => {
        if (args.pluginData === resolving || args.kind === 'entry-point') return undefined
        if (isBuiltin(args.path)) return { path: args.path, external: true }
        const { importer, resolveDir, kind } = args
        const found = await build.resolve(args.path, { importer, resolveDir, kind, pluginData: resolving })
        if (found.errors.length > 0) {
          if (!provided.test(args.path)) missing(args.path, importer)
          return { path: args.path, external: true }
        }
        // A tsconfig path or a linked workspace: the project's own source.
        if (found.external || !/[\\/]node_modules[\\/]/.test(found.path)) return found
        const asUrl = form === 'esm' && kind !== 'require-call' && kind !== 'require-resolve'
        return { path: asUrl ? pathToFileURL(found.path).href : found.path, external: true }
      })
    },
  }
}
