import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { FunctionDefinition } from '../ports/index.ts'

/** What search paths are made of. */
export interface SearchFacts {
  readonly definition: FunctionDefinition
  /** Folders of layers as the processes see them, the one that wins first. */
  readonly layers: readonly string[]
  /** The same on this machine. */
  readonly layerFolders: readonly string[]
  readonly host: Readonly<Record<string, string>>
  /** Folders of modules that every Node function finds last. */
  readonly sharedModules: readonly string[]
}

function joined(...paths: (string | undefined)[]): string {
  return paths.filter(path => path !== undefined && path !== '').join(delimiter)
}

/** Versions of Ruby for which a folder has gems: `3.3.0`. */
function rubyVersions(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter(name => /^\d+\.\d+\.\d+$/.test(name)) : []
}

/**
 * Where programs, libraries and modules are looked for: what AWS sets, without the folders that only its machines have.
 * https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
 */
export function searchPaths(facts: SearchFacts): Record<string, string> {
  const { definition, layers, host } = facts
  const { runtime, environment: own, codeDirectory, libraries } = definition
  const within = (...folders: string[]): string => joined(...layers.map(layer => join(layer, ...folders)))
  const language = /^[a-z]+/.exec(runtime)?.[0]
  const common = { PATH: joined(own['PATH'] ?? host['PATH'], within('bin')) }
  const shared = {
    LD_LIBRARY_PATH: joined(
      own['LD_LIBRARY_PATH'] ?? host['LD_LIBRARY_PATH'],
      codeDirectory,
      join(codeDirectory, 'lib'),
      within('lib'),
    ),
  }
  if (language === 'nodejs') {
    const major = /^nodejs(\d+)/.exec(runtime)?.[1]
    return {
      ...common,
      // Without layers a Node function gets a process that was started beforehand, when nobody knew its folder.
      ...(layers.length > 0 && shared),
      NODE_PATH: joined(
        own['NODE_PATH'],
        ...libraries,
        ...(major === undefined ? [] : [within('nodejs', `node${major}`, 'node_modules')]),
        within('nodejs', 'node_modules'),
        codeDirectory,
        ...facts.sharedModules,
      ),
    }
  }
  if (language === 'python')
    return {
      ...common,
      ...shared,
      PYTHONPATH: joined(
        own['PYTHONPATH'],
        ...libraries,
        within('python', 'lib', runtime, 'site-packages'),
        within('python'),
      ),
    }
  if (language === 'ruby') {
    const gems = [
      ...rubyVersions(join(codeDirectory, 'vendor', 'bundle', 'ruby')).map(version =>
        join(codeDirectory, 'vendor', 'bundle', 'ruby', version),
      ),
      ...facts.layerFolders.flatMap((folder, index) =>
        rubyVersions(join(folder, 'ruby', 'gems')).map(version =>
          join(layers[index] ?? layers[0] ?? folder, 'ruby', 'gems', version),
        ),
      ),
    ]
    return {
      ...common,
      ...shared,
      RUBYLIB: joined(own['RUBYLIB'], codeDirectory, ...libraries, within('ruby', 'lib')),
      // Only where there are any: the variable takes the place of the folders that Ruby knows by itself.
      ...((own['GEM_PATH'] !== undefined || gems.length > 0) && {
        GEM_PATH: joined(own['GEM_PATH'], ...gems),
      }),
    }
  }
  return { ...common, ...shared }
}
