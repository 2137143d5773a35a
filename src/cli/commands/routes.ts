import { listRoutes, loadProject } from '../../project/index.ts'
import { configFlagsNamed } from '../config-flags.ts'
import type { Command } from '../flag.ts'
import { placeText } from '../print/problem.ts'
import { routeRows } from '../print/route-rows.ts'
import { routeTable } from '../print/route-table.ts'
import { projectConfig } from '../project-config.ts'
import { readProject } from '../read-project.ts'
import { openTerminal } from '../terminal.ts'

export const command: Command = {
  flags: [
    { name: 'json', description: 'One JSON array instead of a table.' },
    ...configFlagsNamed('project', 'stage'),
  ],
  words: { min: 0, max: 0 },
  async run(given) {
    const terminal = openTerminal()
    const loaded = await projectConfig(given)
    const routes = listRoutes((await readProject(loaded, loadProject)).snapshot)
    if (given.flags.get('json') === true) {
      const plain = routes.map(({ position, ...route }) => ({
        ...route,
        stage: loaded.config.stage,
        position: placeText(position),
      }))
      terminal.print(JSON.stringify(plain, undefined, 2))
    } else if (routes.length === 0) terminal.log('No routes: put a Swagger file into swagger/')
    else {
      const room = process.stdout.columns === undefined ? {} : { columns: process.stdout.columns }
      terminal.print(routeTable(routeRows(routes, loaded.config.stage), terminal.style, room).join('\n'))
    }
    return 0
  },
}
