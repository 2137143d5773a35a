import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createAwsEngine, renderCase } from '../../../src/vtl/index.ts'
import { readCaseContexts } from './case-files.ts'

interface GivenCase {
  readonly id: string
  readonly template: string
  readonly context: string
  readonly aws: { readonly output: string } | { readonly error: string }
  readonly caveat?: string
}

const folder = new URL('../../cases/vtl/', import.meta.url)
const contexts = readCaseContexts(readFileSync(new URL('given-contexts.json', folder), 'utf8'))
const cases = readFileSync(new URL('given-cases.jsonl', folder), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as GivenCase)

// A row with a caveat expects nothing of AWS.
test.each(cases.filter(({ caveat }) => caveat === undefined))('$id $template', given => {
  const result = renderCase(createAwsEngine(), {
    id: given.id,
    template: given.template,
    ctx: contexts(given.context),
  })
  if ('output' in given.aws) expect(result).toEqual({ id: given.id, out: given.aws.output })
  else expect(result).toEqual({ id: given.id, error: expect.any(String) })
})
