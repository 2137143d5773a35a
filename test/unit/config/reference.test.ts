import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commandLineReference } from '../../../scripts/reference/command-line.ts'
import { configurationReference } from '../../../scripts/reference/configuration.ts'

const page = (name: string) =>
  readFileSync(new URL(`../../../docs/reference/${name}`, import.meta.url), 'utf8')

test('the reference pages are what `npm run reference` writes', async () => {
  expect(page('configuration.md')).toBe(configurationReference())
  expect(page('cli.md')).toBe(await commandLineReference())
})
