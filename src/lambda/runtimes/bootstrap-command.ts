import { accessSync, closeSync, constants, existsSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { FunctionDefinition } from '../../ports/index.ts'
import { layerFolders } from '../environment-variables.ts'
import type { RuntimeCommand } from './runtime-command.ts'

/** The executable `bootstrap` in the function's folder or in a layer, if there is one. */
export function findBootstrap(definition: FunctionDefinition): string | undefined {
  return candidates(definition).find(file => existsSync(file))
}

function candidates(definition: FunctionDefinition): string[] {
  return [definition.codeDirectory, ...layerFolders(definition).toReversed()].map(folder =>
    join(folder, 'bootstrap'),
  )
}

/** Runtimes of the user's own: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html */
export async function bootstrapCommand(definition: FunctionDefinition): Promise<RuntimeCommand> {
  const file = findBootstrap(definition)
  // The sentence is AWS's.
  if (file === undefined)
    throw new Error(`Couldn't find valid bootstrap(s): [${candidates(definition).join(' ')}]`)
  try {
    accessSync(file, constants.X_OK)
  } catch (cause) {
    throw new Error(`${file} may not be executed: chmod +x ${file}`, { cause })
  }
  // Amazon Linux's /bin/sh is bash, and AWS's own example of a bootstrap needs it (`set -o pipefail`, `source`).
  return firstLine(file) === '#!/bin/sh' && existsSync(bash)
    ? { command: bash, arguments: ['--posix', file], telemetry: false }
    : { command: file, arguments: [], telemetry: false }
}

const bash = '/bin/bash'

function firstLine(file: string): string {
  const bytes = Buffer.alloc(64)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, bytes, 0, bytes.length, 0)
  } finally {
    closeSync(descriptor)
  }
  const [line = ''] = bytes.toString('latin1').split('\n')
  return line.trim()
}
