import { writeFile } from 'node:fs/promises'
import { stringify } from 'yaml'
import { exportApi } from '../../project/index.ts'
import { configFlagsNamed } from '../config-flags.ts'
import type { Command } from '../flag.ts'
import { projectConfig } from '../project-config.ts'
import { readProject } from '../read-project.ts'
import { openTerminal } from '../terminal.ts'

export const command: Command = {
  flags: [
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      description: 'Where to write it; JSON, or YAML by its ending.',
    },
    ...configFlagsNamed('project'),
  ],
  words: { min: 1, max: 1 },
  async run(given) {
    const [api = ''] = given.words
    const loaded = await projectConfig(given)
    const document = await readProject(loaded, async options => exportApi(options, api))
    const output = given.flags.get('output')
    const terminal = openTerminal()
    if (typeof output !== 'string' || output === '-') {
      terminal.print(JSON.stringify(document, undefined, 2))
      return 0
    }
    const text = /\.ya?ml$/i.test(output)
      ? stringify(document)
      : `${JSON.stringify(document, undefined, 2)}\n`
    await writeFile(output, text)
    terminal.log(`Wrote ${output}`)
    return 0
  },
}
