import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { createInterpreterFinder } from './find-interpreter.ts'
import type { FindCommand } from './runtime-command.ts'

const bootstrap = fileURLToPath(new URL('./assets/python-bootstrap.py', import.meta.url))

/** Python with our bootstrap: the runtime's own version where the machine has it, otherwise what is called `python3`. */
export function pythonCommand(
  find: ReturnType<typeof createInterpreterFinder>,
  cacheDirectory: string,
): FindCommand {
  return async definition => {
    const exact = /^python3\.\d+$/.test(definition.runtime) ? [definition.runtime] : []
    const names = process.platform === 'win32' ? ['python', 'python3', 'py'] : ['python3', 'python']
    const command = await find(
      `The runtime ${definition.runtime} of function ${definition.name}`,
      [...exact, ...names],
      ['-c', 'import sys; assert sys.version_info >= (3, 8); print(sys.executable)'],
    )
    return {
      command,
      arguments: [bootstrap],
      telemetry: true,
      environment: {
        // Compiled files beside the handlers would look like changes of the project.
        PYTHONPYCACHEPREFIX: join(cacheDirectory, 'pycache'),
        PYTHONIOENCODING: 'utf-8',
      },
    }
  }
}
