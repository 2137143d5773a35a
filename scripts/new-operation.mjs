// `npm run new:operation -- ssm GetParameter`: the operation's file, its line in the service's table, and a test that
// fails until the operation is written. Nothing that exists is overwritten.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const [id, operation] = process.argv.slice(2)
const root = process.env['LAMBDARIUM_ROOT'] ?? fileURLToPath(new URL('..', import.meta.url))
const models = fileURLToPath(new URL('../src/aws/models', import.meta.url))

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message)
  process.exit(2)
}

if (id === undefined || operation === undefined)
  fail('usage: npm run new:operation -- SERVICE Operation   (ssm GetParameter)')
const faces = JSON.parse(readFileSync(join(models, 'index.json'), 'utf8'))
if (!faces.some((/** @type {{ id: string }} */ face) => face.id === id))
  fail(
    `There is no model of a service "${id}". Services: ${faces.map((/** @type {{ id: string }} */ face) => face.id).join(', ')}`,
  )
const model = JSON.parse(readFileSync(join(models, `${id}.json`), 'utf8'))
const known = model.operations[operation]
if (known === undefined) {
  const near = Object.keys(model.operations).filter(name =>
    name.toLowerCase().includes(operation.toLowerCase()),
  )
  fail(`AWS's ${id} has no operation "${operation}".${near.length > 0 ? ` Perhaps ${near.join(', ')}?` : ''}`)
}

/** Packages of the SDK whose name is not the service's id. @type {Record<string, string>} */
const packages = {
  apigateway: 'api-gateway',
  'cognito-idp': 'cognito-identity-provider',
  dynamodbstreams: 'dynamodb-streams',
  events: 'eventbridge',
  logs: 'cloudwatch-logs',
  secretsmanager: 'secrets-manager',
}
const sdk = `@aws-sdk/client-${packages[id] ?? id}`
const file = operation.replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3-$2$4').toLowerCase()
const service = join(root, 'src/services', id)
const target = join(service, 'operations', `${file}.ts`)
const table = join(service, 'operations/index.ts')
const test = join(root, 'test/services', id, `${file}.test.ts`)
if (existsSync(target)) fail(`${relative(root, target)} exists`)

const types = [known.input, known.output].filter(name => name !== undefined)
const input = known.input ?? 'Record<string, never>'
const output = known.output ?? 'undefined'
const page = `https://docs.aws.amazon.com/search/doc-search.html?searchQuery=${encodeURIComponent(`${model.sdkId} ${operation}`)}`
const required = (model.shapes[known.input]?.r ?? []).join(', ')
const errors = (known.errors ?? []).join(', ')

/** @param {string} path @param {string} text */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  console.log(relative(root, path))
}

write(
  target,
  `${types.length === 0 ? '' : `import type { ${types.sort().join(', ')} } from '${sdk}'\n`}import { AwsError } from '../../../aws/index.ts'
import type { Operation } from '../state.ts'

/**
 * ${page}
 *
 * Required: ${required === '' ? 'nothing' : required}. Errors: ${errors === '' ? 'none of its own' : errors}.
 */
export const ${operation}: Operation<${input}, ${output}> = () => {
  throw new AwsError('NotImplementedException', '${id}:${operation} is not written yet.', { statusCode: 501 })
}
`,
)

const line = `export { ${operation} } from './${file}.ts'`
const lines = existsSync(table) ? readFileSync(table, 'utf8').trimEnd().split('\n') : []
const path = (/** @type {string} */ text) => /from '(.*)'/.exec(text)?.[1] ?? text
write(table, `${[...lines, line].sort((one, other) => (path(one) < path(other) ? -1 : 1)).join('\n')}\n`)

const factory =
  readFileSync(join(service, 'index.ts'), 'utf8').match(/export (?:function|const) (\w+)/)?.[1] ?? id
const made = new RegExp(`export function ${factory}`).test(readFileSync(join(service, 'index.ts'), 'utf8'))
  ? `${factory}()`
  : factory
write(
  test,
  `import { ${operation}Command, ${model.client} } from '${sdk}'
import { expect, test } from 'vitest'
import { ${factory} } from '../../../src/services/${id}/index.ts'
import { startDoor } from '../../support/aws-door.ts'

test('${operation}', async () => {
  const { clientConfig } = await startDoor({ services: [${made}] })
  const client = new ${model.client}(clientConfig())
  const { $metadata, ...output } = await client.send(new ${operation}Command({${
    required === '' ? '' : ` /* ${required} */ `
  }} as never))
  expect(output).toEqual({})
})
`,
)
