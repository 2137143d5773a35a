import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createAwsEngine } from '../../../src/vtl/index.ts'

interface Recorded {
  readonly id: string
  readonly setup: {
    readonly integration: {
      readonly requestTemplates: Readonly<Record<string, string>>
      readonly responseTemplates: Readonly<Record<string, string>>
    }
  }
  readonly request: { readonly body: string }
  readonly aws_recorded: { readonly body: unknown; readonly body_is_json_value: boolean }
}

// Recorded from API Gateway by public projects (each row names its source): a mock integration whose request template
// hands the body over in an override map, and whose response template is the one under test.
const rows = readFileSync(new URL('../../cases/vtl/aws-recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as Recorded)

test.each(rows)('$id', ({ setup, request, aws_recorded: recorded }) => {
  const engine = createAwsEngine()
  const context = engine.createContext({})
  const params = { path: {}, querystring: {}, header: { 'content-type': 'application/json' } }
  const render = (template: string, body: string): string =>
    engine.compile(template).render({ input: { body, params }, context, stageVariables: {} })
  render(setup.integration.requestTemplates['application/json'] ?? '', request.body)
  const output = render(setup.integration.responseTemplates['application/json'] ?? '', '')
  // Where the recording tool showed the parsed body, only the value is known.
  if (recorded.body_is_json_value) expect(JSON.parse(output)).toEqual(recorded.body)
  else expect(output).toBe(recorded.body)
})
