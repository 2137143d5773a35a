// The mapping-template engine beside velocityjs, in one run: parsed each time, and parsed once.
import velocityjs from 'velocityjs'
import { createAwsEngine } from '../src/vtl/index.ts'

interface Bench {
  readonly name: string
  readonly template: string
  readonly body: string
}

/** All that a request has, handed through to a function: the template that AWS's console offers. */
const passthrough = `#set($allParams = $input.params())
{
"body-json" : $input.json('$'),
"params" : {
#foreach($type in $allParams.keySet())
    #set($params = $allParams.get($type))
"$type" : {
    #foreach($paramName in $params.keySet())
    "$paramName" : "$util.escapeJavaScript($params.get($paramName))"
        #if($foreach.hasNext),#end
    #end
}
    #if($foreach.hasNext),#end
#end
},
"stage-variables" : {
#foreach($key in $stageVariables.keySet())
"$key" : "$util.escapeJavaScript($stageVariables.get($key))"
    #if($foreach.hasNext),#end
#end
},
"context" : {
    "account-id" : "$context.identity.accountId",
    "api-id" : "$context.apiId",
    "http-method" : "$context.httpMethod",
    "stage" : "$context.stage",
    "source-ip" : "$context.identity.sourceIp",
    "user-agent" : "$context.identity.userAgent",
    "request-id" : "$context.requestId",
    "resource-path" : "$context.resourcePath"
    }
}
`

const items = Array.from({ length: 100 }, (_, index) => ({
  id: index,
  name: `item ${index}`,
  price: index + 0.5,
  tags: ['a', 'b'],
}))
const small = JSON.stringify({ name: 'Ada', age: 36, address: { city: 'London' } })
const large = JSON.stringify({
  meta: { id: 'large', count: 6000 },
  records: Array.from({ length: 6000 }, (_, index) => ({
    id: `record-${index}`,
    title: 'A title of some words that stands for text',
    amount: index * 3 + 0.25,
    active: index % 2 === 0,
    owner: { name: 'somebody', mail: 'somebody@example.com' },
    tags: ['one', 'two', 'three'],
  })),
})

const benches: readonly Bench[] = [
  { name: 'passthrough', template: passthrough, body: small },
  {
    name: 'foreach over 100 objects',
    template:
      '#set($root = $input.path("$"))\n[\n#foreach($item in $root)\n  { "id": $item.id, "name": "$item.name", "price": $item.price }#if($foreach.hasNext),#end\n\n#end\n]\n',
    body: JSON.stringify(items),
  },
  {
    name: 'foreach over a range',
    template: '#foreach($i in [1..100])$i: $foreach.count#if($foreach.hasNext), #end#end',
    body: '',
  },
  {
    name: 'small template',
    template:
      '{ "id": "$input.params(\'petId\')", "stage": "$context.stage", "name": $input.json("$.name") }',
    body: small,
  },
  { name: `${(large.length / 1e6).toFixed(2)} MB body, whole`, template: passthrough, body: large },
  {
    name: `${(large.length / 1e6).toFixed(2)} MB body, one field`,
    template: '{ "id": "$input.path("$.meta.id")", "count": $input.path("$.meta.count") }',
    body: large,
  },
]

const params = {
  path: { petId: '7' },
  querystring: { type: 'dog', q: 'a b&c' },
  header: { 'Content-Type': 'application/json', Accept: '*/*', 'User-Agent': 'bench/1.0', Host: 'localhost' },
}
const context = {
  apiId: 'abc123',
  httpMethod: 'POST',
  stage: 'dev',
  requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  resourcePath: '/pets/{petId}',
  identity: { accountId: '123456789012', sourceIp: '127.0.0.1', userAgent: 'bench/1.0' },
}
const stageVariables = { version: '1.0', env: 'dev' }

export async function run(): Promise<void> {
  const engine = createAwsEngine()
  console.log(
    `${'microseconds per render'.padEnd(30)}${'lambdarium'.padStart(12)}${'velocityjs once'.padStart(17)}${'velocityjs.render'.padStart(19)}${'ratios'.padStart(16)}`,
  )
  for (const { name, template, body } of benches) {
    const compiled = engine.compile(template)
    const nodes = velocityjs.parse(template)
    const [ours = 0, once = 0, each = 0] = measure([
      () =>
        compiled.render({ input: { body, params }, context: engine.createContext(context), stageVariables }),
      () => new velocityjs.Compile(nodes, { escape: false }).render(javaScriptContext(body)),
      () => velocityjs.render(template, javaScriptContext(body), {}, { escape: false }),
    ])
    console.log(
      `${name.padEnd(30)}${ours.toFixed(1).padStart(12)}${once.toFixed(1).padStart(17)}${each.toFixed(1).padStart(19)}${`${(once / ours).toFixed(1)} × ${(each / ours).toFixed(1)} ×`.padStart(16)}`,
    )
  }
}

/**
 * What tools that use velocityjs hand to it: the body parsed by JSON.parse, and paths walked in it. Each render gets a fresh
 * context, because a template may write into it, and parses the body at most once, because it belongs to one request;
 * ours does the same. A template that asks for no JSON costs neither of them the parsing.
 */
function javaScriptContext(body: string): Record<string, unknown> {
  let parsed: unknown
  const find = (path: string): unknown => {
    parsed ??= JSON.parse(body)
    return path
      .split('.')
      .slice(1)
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], parsed)
  }
  return {
    input: {
      body,
      path: find,
      json: (path: string) => JSON.stringify(find(path)),
      params: (name?: keyof typeof params.path) => (name === undefined ? params : params.path[name]),
    },
    util: { escapeJavaScript: (value: string) => JSON.stringify(String(value)).slice(1, -1) },
    context: { ...context, identity: { ...context.identity } },
    stageVariables,
  }
}

/**
 * Microseconds of processor time per render. The contestants take turns, and of 75 short rounds the least disturbed counts,
 * so that other work on the machine weighs on all alike.
 */
function measure(contestants: readonly (() => unknown)[]): number[] {
  // A round has a sixtieth of the renders that half a second of processor time had room for, which also warms up.
  const counts = contestants.map(render => {
    let count = 0
    for (const start = process.cpuUsage(); process.cpuUsage(start).user < 500_000; count++) render()
    return Math.ceil(count / 60)
  })
  const least = contestants.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < 75; round++)
    contestants.forEach((render, index) => {
      const count = counts[index] ?? 1
      least[index] = Math.min(least[index] ?? 0, spent(render, count) / count)
    })
  return least
}

function spent(render: () => unknown, count: number): number {
  const start = process.cpuUsage()
  for (let index = 0; index < count; index++) render()
  const { user, system } = process.cpuUsage(start)
  return user + system
}
