import { createRequire } from 'node:module'

const require = createRequire(new URL('../peers/package.json', import.meta.url))

/** A package that only CI installs beside the project (`test/peers`, git-ignored); undefined where it is not there. */
export function loadPeer<Module>(name: string): Module | undefined {
  try {
    return require(name) as Module
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}
