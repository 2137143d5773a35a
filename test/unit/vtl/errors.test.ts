import { expect, test } from 'vitest'
import { codeFrame, UserError } from '../../../src/lib/index.ts'
import {
  compareEngines,
  createAwsEngine,
  createVelocityjsEngine,
  readVtlCase,
  renderCase,
  TemplateError,
  type TemplateScope,
  type TracedReference,
} from '../../../src/vtl/index.ts'

const aws = createAwsEngine()

function scope(engine = aws, body = '{"a":[1]}'): TemplateScope {
  return {
    input: { body, params: { path: {}, querystring: { q: 'x' }, header: {} } },
    context: engine.createContext({ stage: 'dev' }),
    stageVariables: { env: 'dev' },
  }
}

function errorOf(template: string): TemplateError {
  try {
    aws.compile(template, { name: 'pets.vtl' }).render(scope())
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error(`${template} rendered`)
}

test.each([
  ['{\n  #if($a == )\n#end', 'template-syntax', 2, 13, /a value/],
  ['{\n  "a": #foreach($i in $list) x', 'template-syntax', 2, 31, /#end/],
  ['#if($a) x #end\n#end', 'template-syntax', 2, 1, /end of the template/],
  ['#set($x = $one -1)', 'template-syntax', 1, 16, /operator/],
  ['#set($x = "a $foo.bar( b")', 'template-syntax', 1, 26, /./],
  ['text ${name', 'template-syntax', 1, 12, /}/],
  ['a\n\n#set($a 1)', 'template-syntax', 3, 9, /=/],
  ['#if($x == null)a#end', 'template-syntax', 1, 11, /a value/],
  ['#[[ never closed', 'template-syntax', 1, 17, /]]#/],
])('%j is no template', (template, code, line, column, expected) => {
  const error = errorOf(template)
  expect({ code: error.code, template: error.template, line: error.line, column: error.column }).toEqual({
    code,
    template: 'pets.vtl',
    line,
    column,
  })
  expect(error.expected).toMatch(expected)
  expect(error).toBeInstanceOf(UserError)
  expect(error.position).toEqual({ file: 'pets.vtl', line, column })
})

test.each([
  ['a\n  $input.path("$.a").get(7)', 2, 22, /IndexOutOfBounds/],
  ['$input.path("$.a")[7]', 1, 19, /IndexOutOfBounds/],
  ["\n$util.parseJson('{')", 2, 7, /parseJson/],
  ["$input.path('$..')", 1, 8, /InvalidPath/],
  ['#set($s = "x")$s.substring(5)', 1, 18, /StringIndexOutOfBounds/],
  ['#set($s = "x")$s.length(1)', 1, 18, /wrong number of arguments/],
])('%j fails where it says', (template, line, column, message) => {
  const error = errorOf(template)
  expect({ code: error.code, line: error.line, column: error.column }).toEqual({
    code: 'template-render',
    line,
    column,
  })
  expect(error.message).toMatch(message)
  expect(error.cause).toBeInstanceOf(Error)
})

test('an error draws its code frame', () => {
  const { source, line, column } = errorOf('{\n  "list": $input.path("$.a").get(7)\n}')
  expect(codeFrame(source ?? '', line, column)).toBe(
    [
      '  1 | {',
      '> 2 |   "list": $input.path("$.a").get(7)',
      '    |                              ^',
      '  3 | }',
    ].join('\n'),
  )
})

test('a trace shows each reference with its value and its place', () => {
  const traced: TracedReference[] = []
  aws.compile('$input.json("$.a")\n#if($context.stage == "dev")$!{nothing}#end').render({
    ...scope(),
    trace: reference => traced.push(reference),
  })
  expect(traced).toEqual([
    { text: '$input.json("$.a")', value: '[1]', line: 1, column: 1 },
    { text: '$context.stage', value: 'dev', line: 2, column: 5 },
    { text: '$!{nothing}', value: '', line: 2, column: 29 },
  ])
})

test('velocityjs renders behind the same interface, and the comparison shows where it differs', async () => {
  const velocityjs = await createVelocityjsEngine()
  const same = compareEngines(aws, velocityjs, '{ "q": "$input.params("q")", "s": "$context.stage" }', scope)
  expect(same).toEqual({
    aws: { output: '{ "q": "x", "s": "dev" }' },
    other: { output: '{ "q": "x", "s": "dev" }' },
    same: true,
    firstDifference: undefined,
  })
  const different = compareEngines(aws, velocityjs, 'line\n$missing $context.stage\n', scope)
  expect(different).toEqual({
    aws: { output: 'line\n dev\n' },
    other: { output: 'line\n$missing dev\n' },
    same: false,
    firstDifference: { line: 2, aws: ' dev', other: '$missing dev' },
  })
  const context = velocityjs.createContext({})
  velocityjs
    .compile('#set($context.requestOverride.header.foo = "bar")#set($context.responseOverride.status = 201)')
    .render({ ...scope(velocityjs), context })
  expect(context.overrides()).toEqual({
    request: { header: { foo: 'bar' }, path: {}, querystring: {} },
    response: { header: {}, status: 201 },
  })
  expect(() => velocityjs.compile('a\n#if(', { name: 'broken.vtl' })).toThrow(
    expect.objectContaining({ code: 'template-syntax', template: 'broken.vtl' }),
  )
})

test('a case of a batch renders with either engine, and says what failed', async () => {
  const line =
    '{"id":"1","template":"$v $input.json(\'$.a\') $context.stage $stageVariables.env","ctx":{"vars":{"v":1.0},"input":{"body":"{\\"a\\":1}","params":{}},"context":{"stage":"dev"},"stageVariables":{"env":"e"}}}'
  expect(renderCase(aws, readVtlCase(line))).toEqual({ id: '1', out: '1.0 1 dev e' })
  expect(renderCase(await createVelocityjsEngine(), readVtlCase(line))).toEqual({ id: '1', out: '1 1 dev e' })
  expect(renderCase(aws, readVtlCase('{"id":"2","template":"#if(","ctx":{}}'))).toEqual({
    id: '2',
    error: expect.stringContaining('expected'),
  })
  expect(() => readVtlCase('{"id":"3"}')).toThrow(SyntaxError)
})

test('a context belongs to its engine', async () => {
  const velocityjs = await createVelocityjsEngine()
  expect(() => aws.compile('$context.stage').render({ ...scope(velocityjs) })).toThrow(TypeError)
})

test('$context iterates by hash and prints its maps as nothing; null members are nothing', () => {
  const names = [
    'cognitoIdentityPoolId',
    'accountId',
    'cognitoIdentityId',
    'caller',
    'sourceIp',
    'principalOrgId',
  ]
  const more = [
    'accessKey',
    'cognitoAuthenticationType',
    'cognitoAuthenticationProvider',
    'userArn',
    'userAgent',
    'user',
  ]
  const identity = Object.fromEntries([...names, ...more].map(name => [name, null]))
  const context = aws.createContext({ identity, authorizer: { claims: { sub: 's' } } })
  const template =
    '#foreach($k in $context.identity.keySet())$k #end|$context.identity|$context.identity.caller|$context.authorizer.claims|$context.authorizer.claims.sub'
  expect(aws.compile(template).render({ ...scope(), context })).toBe(`${[...names, ...more].join(' ')} ||||s`)
  context.set('integration', { status: '200', latency: 12 })
  expect(
    aws.compile('$context.integration.status $context.integration.latency').render({ ...scope(), context }),
  ).toBe('200 12')
})
