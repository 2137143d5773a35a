import { expect, test } from 'vitest'
import { createAwsEngine, TemplateError, type TemplateLimits } from '../../../src/vtl/index.ts'

function render(template: string, limits: Partial<TemplateLimits> = {}, body = '{}'): string {
  const engine = createAwsEngine()
  return engine.compile(template, { limits }).render({
    input: { body, params: { path: {}, querystring: {}, header: {} } },
    context: engine.createContext({}),
    stageVariables: {},
  })
}

function failure(template: string, limits: Partial<TemplateLimits> = {}): string {
  try {
    return `rendered ${render(template, limits).length} characters`
  } catch (error) {
    if (error instanceof TemplateError) return error.code
    throw error
  }
}

test('#foreach ends after 1,000 elements, as in API Gateway', () => {
  expect(render('#foreach($i in [1..1500])#set($last = $i)#end$last')).toBe('1000')
  expect(render('#foreach($i in [1..1500])#set($last = $i)#end$last', { foreach: 1200 })).toBe('1200')
})

test.each([
  ['output beyond its limit', '#foreach($i in [1..100])0123456789#end', { output: 500 }, 'template-output'],
  ['output without a loop', '0123456789', { output: 5 }, 'template-output'],
  [
    'a text that doubles',
    '#set($s = "xxxxxxxxxx")#foreach($i in [1..100])#set($s = $s + $s)#end',
    {},
    'template-render',
  ],
  ['a repeated text', "#set($s = 'x')$s.repeat(2000000000)", {}, 'template-render'],
  [
    'a list that holds itself twice, over and over',
    '#set($l = ["x"])#foreach($i in [1..100])#set($l = [$l, $l])#end$l',
    {},
    'template-render',
  ],
  [
    'lists without end',
    '#set($l = [])#foreach($i in [1..1000])#set($x = $l.add([1..100000]))#end',
    {},
    'template-memory',
  ],
  ['a huge range', '#set($r = [1..2000000000])', {}, 'template-range'],
  [
    'a list that contains itself',
    '#set($l = [])#set($m = {"l": $l})#set($x = $l.add($m))$l',
    {},
    'template-depth',
  ],
  ['directives nested too deep', `${'#if(true)'.repeat(300)}${'#end'.repeat(300)}`, {}, 'template-syntax'],
  [
    'parentheses nested too deep',
    `#set($x = ${'('.repeat(50_000)}1${')'.repeat(50_000)})`,
    {},
    'template-depth',
  ],
  [
    'a pattern that goes astray',
    '#set($s = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")$s.matches("(a+)+")',
    {},
    'template-render',
  ],
] as const)('%s', (_name, template, limits, code) => {
  expect(failure(template, limits)).toBe(code)
})

test('a deadline ends a render that runs on', () => {
  let now = 0
  const engine = createAwsEngine({ elapsed: () => (now += 100), limits: { milliseconds: 250 } })
  const compiled = engine.compile('#foreach($i in [1..1000])#foreach($j in [1..1000])#end#end', {
    name: 'loop.vtl',
  })
  const scope = {
    input: { body: '', params: { path: {}, querystring: {}, header: {} } },
    context: engine.createContext({}),
    stageVariables: {},
  }
  expect(() => compiled.render(scope)).toThrow(
    expect.objectContaining({ code: 'template-deadline', template: 'loop.vtl' }),
  )
})

test('a block that prints itself ends as in Velocity', () => {
  expect(render('#define($d)a$d#end$d')).toBe('aa$d')
})

test('renders share nothing', () => {
  const engine = createAwsEngine()
  const compiled = engine.compile('#set($n = $n + 1)$n $context.x#set($context.x = 1)')
  const scope = () => ({
    input: { body: '', params: { path: {}, querystring: {}, header: {} } },
    context: engine.createContext({}),
    stageVariables: {},
  })
  expect([compiled.render(scope()), compiled.render(scope())]).toEqual(['1 ', '1 '])
})
