import { writeFileSync } from 'node:fs'
import { commandLineReference } from './reference/command-line.ts'
import { configurationReference } from './reference/configuration.ts'

writeFileSync('docs/reference/cli.md', await commandLineReference())
writeFileSync('docs/reference/configuration.md', configurationReference())
