import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { FunctionDefinition } from '../../ports/index.ts'
import { layerFolders } from '../environment-variables.ts'
import { exitMessage } from '../processes/exit-message.ts'
import { type SupervisedProcess, startProcess } from '../processes/supervised-process.ts'
import type { Watchdog } from '../processes/watchdog.ts'
import { readText } from './read-text.ts'
import type { RuntimeStart } from './runtime.ts'

/** The executables in `extensions/` of the function's layers, by name: each is started with the environment. */
export function extensionFiles(definition: FunctionDefinition): string[] {
  return layerFolders(definition)
    .map(layer => join(layer, 'extensions'))
    .filter(folder => existsSync(folder))
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(file => statSync(file).isFile() && isExecutable(file))
    .toSorted((a, b) => (basename(a) < basename(b) ? -1 : 1))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Starts external extensions; `crashed` hears of one that ends by itself. */
export function startExtensions(
  files: readonly string[],
  start: RuntimeStart,
  address: string,
  watchdog: Watchdog,
  printed: (text: string) => void,
  crashed: (errorType: string, message: string) => void,
): SupervisedProcess[] {
  // As on AWS an extension sees no variable that begins with an underscore.
  const seen = Object.entries(start.environment).filter(([name]) => !name.startsWith('_'))
  const environment = { ...Object.fromEntries(seen), AWS_LAMBDA_RUNTIME_API: address }
  const { prefix, inside } = start.layers
  return files.map(file => {
    const [command = '', ...rest] = [...prefix, inside(file)]
    const child = startProcess(
      { command, arguments: rest, directory: start.definition.codeDirectory, environment, pipes: 0 },
      watchdog,
    )
    readText(child, printed)
    void child.ended.then(exit => crashed('Extension.Crash', `${basename(file)}: ${exitMessage(exit)}`))
    return child
  })
}
