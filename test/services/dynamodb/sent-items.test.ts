import { expect, test } from 'vitest'
import type { ServiceDefinition } from '../../../src/aws/index.ts'
import { dynamodb } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { createRandom, type Random } from '../../support/random.ts'

/** More rounds, other seeds: FUZZ_ROUNDS=20000 FUZZ_SEED=7 npx vitest run test/services/dynamodb/sent-items.test.ts */
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 400)
const seed = Number(process.env['FUZZ_SEED'] ?? 1)

const key = [
  { AttributeName: 'k', KeyType: 'HASH' },
  { AttributeName: 's', KeyType: 'RANGE' },
]
const tables = [
  { TableName: 'Plain', KeySchema: key, AttributeDefinitions: [...'ks'] },
  {
    TableName: 'Rich',
    KeySchema: key,
    AttributeDefinitions: [...'ksa'],
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-a',
        KeySchema: [key[0], { AttributeName: 'a', KeyType: 'RANGE' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  },
].map(table => ({
  ...table,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: table.AttributeDefinitions.map(AttributeName => ({
    AttributeName,
    AttributeType: 'S',
  })),
}))

async function start(service: ServiceDefinition) {
  const { endpoint } = await startDoor({ services: [service] })
  const send = async (operation: string, body: string | Uint8Array): Promise<string> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      body: body as string,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      },
    })
    return `${response.status} ${await response.text()}`
  }
  for (const table of tables) expect(await send('CreateTable', JSON.stringify(table))).toMatch(/^200 /)
  return send
}

/** The same service with and without its own way of reading what is put. */
const startBoth = () => {
  const { readers: _, ...plain } = dynamodb
  return Promise.all([start(dynamodb), start(plain)])
}

/** Each stands in an item, where the codec and the reader must see the same. */
const values = [
  ...['{"S":""}', '{"S":"Zürich 日本 😀"}', '{"S":"a\\"b\\\\c\\n\\t\\b\\f\\r"}', '{"S":"a\\/b"}'],
  ...['{"S":"\\u00e9\\ud83d\\ude00"}', '{"S":"\\ud83d"}', '{"S":"\\u0001\\u001F"}', '{"S":"\\x"}'],
  ...['{"S":"raw\ttab"}', '{"S":"\u007f\u2028"}', '{"S":7}', '{"S":null}', '{"S":"a","N":"1"}', '{}'],
  ...['{"S":"a","S":"b"}', '{"S":"a","X":1}', '{"s":"a"}', '{"\\u0053":"a"}', 'null', '7', '"a"', '[]'],
  ...['0', '-0', '00', '1', '-1', '+1', '10', '1.0', '1.5', '-1.50', '.5', '5.', '0.5', '0.05', '-0.005'].map(
    number => `{"N":"${number}"}`,
  ),
  ...['1e0', '1E3', '1e-7', '1e126', '1e125', '1e-131', ' 1', '1 ', '', '-', 'x', '1\\u0031', 'NaN'].map(
    number => `{"N":"${number}"}`,
  ),
  ...['9'.repeat(38), '9'.repeat(39), `1${'0'.repeat(37)}`, `1${'0'.repeat(60)}`, `0.${'0'.repeat(36)}1`].map(
    number => `{"N":"${number}"}`,
  ),
  ...[`0.${'1'.repeat(38)}`, `0.${'0'.repeat(140)}1`, `12.${'3'.repeat(36)}`].map(n => `{"N":"${n}"}`),
  ...['', 'AA==', 'AB==', 'AAE=', 'AAF=', 'AAAA', 'AAA', 'A A=', '_-==', 'AA\\u003d='].map(
    b => `{"B":"${b}"}`,
  ),
  ...['true', 'false', '"true"', '"no"', '1', 'null', 'tru', 'truex'].map(word => `{"BOOL":${word}}`),
  ...['true', 'false', '"true"', 'null'].map(word => `{"NULL":${word}}`),
  ...[
    '[]',
    '["a"]',
    '["a","b"]',
    '["a","a"]',
    '["a","\\u0061"]',
    '["a",null]',
    '["a",]',
    '["a" , "b"]',
    '{}',
  ].map(set => `{"SS":${set}}`),
  ...['[""]', '["","a"]', '"a"', 'null'].map(set => `{"SS":${set}}`),
  ...['["1","2"]', '["1","1.0"]', '["1","1"]', '["x"]', '["-0","0"]'].map(set => `{"NS":${set}}`),
  ...['["AA==","AAA="]', '["AA==","AA=="]', '["A"]'].map(set => `{"BS":${set}}`),
  `{"SS":${JSON.stringify(Array.from({ length: 40 }, (_, n) => `m${n}`))}}`,
  `{"SS":${JSON.stringify(Array.from({ length: 40 }, (_, n) => `m${n % 39}`))}}`,
  ...['[]', '[{"S":"a"}]', '[{"S":"a"},null]', '[[]]', '[{"S":"a"}', '[{"S":"a"},]', 'null', '{}'].map(
    list => `{"L":${list}}`,
  ),
  ...[
    '{}',
    '{"x":{"N":"1"}}',
    '{"x":{"N":"1"},"x":{"N":"2"}}',
    '{"":{"N":"1"}}',
    '{"1":{"N":"1"},"0":{"S":"b"}}',
  ].map(map => `{"M":${map}}`),
  ...[
    '{"b":{"N":"1"},"1":{"N":"1"}}',
    '{"\\u0062":{"N":"1"}}',
    '{"x":null}',
    '{"x":{}}',
    '{"x":{"S":"1"},}',
  ].map(map => `{"M":${map}}`),
  ...['{"é":{"S":"ü"}}', '{"__proto__":{"S":"x"}}', '{"constructor":{"S":"x"}}', '{"Item":{"S":"x"}}'].map(
    map => `{"M":${map}}`,
  ),
  `{"M":${JSON.stringify(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`n${n}`, { N: String(n) }])))}}`,
  ...[31, 32, 33, 200].flatMap(depth => [
    `${'{"L":['.repeat(depth)}${']}'.repeat(depth)}`,
    `${'{"M":{"a":'.repeat(depth)}{"S":"x"}${'}}'.repeat(depth)}`,
  ]),
  `{"S":"${'x'.repeat(500_000)}"}`,
]

const bodies = (item: string): (readonly [operation: string, body: string])[] => [
  ['PutItem', `{"TableName":"Plain","Item":${item}}`],
  [
    'PutItem',
    `{"Item":${item},"TableName":"Rich","ReturnValues":"ALL_OLD","ReturnConsumedCapacity":"INDEXES"}`,
  ],
  ['BatchWriteItem', `{"RequestItems":{"Plain":[{"PutRequest":{"Item":${item}}}]}}`],
]

test('an item is put as the codec reads it, whatever it holds', async () => {
  const [own, codec] = await startBoth()
  const items = values.flatMap((value, n) => [
    `{"k":{"S":"k"},"s":{"S":"${n}"},"v":${value}}`,
    `{"v":${value}, "k" :\n{ "S" : "blank" },"s":{"S":"${n}"}}`,
    `{"k":{"S":"key"},"s":${value}}`,
  ])
  items.push('{}', 'null', '[]', '7', '{"k":{"S":"a"}}', '{"k":{"S":"a"},"s":{"S":"b"},"":{"S":"c"}}')
  items.push('{"k":{"S":"a"},"k":{"S":"b"},"s":{"S":"b"}}', '{"\\u006b":{"S":"a"},"s":{"S":"b"}}')
  items.push('{"k":{"S":"é\\n"},"s":{"S":"\\u0062"}}', '{"__proto__":{"S":"a"},"k":{"S":"p"},"s":{"S":"b"}}')
  items.push(
    '{"s":{"S":"order"},"2":{"S":"a"},"1":{"S":"b"},"k":{"S":"n"}}',
    `{"${'n'.repeat(65_536)}":{"S":"a"}}`,
  )
  for (const item of items) {
    for (const [operation, body] of bodies(item)) {
      const expected = await codec(operation, body)
      expect.soft(await own(operation, body), body.slice(0, 300)).toBe(expected)
    }
  }
  await expectSame(own, codec)
})

test('what stands around an item is read as the codec reads it', async () => {
  const [own, codec] = await startBoth()
  const item = '{"k":{"S":"k"},"s":{"S":"s"}}'
  const other = '{"k":{"S":"k"},"s":{"S":"t"}}'
  const puts: readonly string[] = [
    ...['', ' ', '{}', 'null', '[]', '{', `{"Item":${item}}`, `{"Item":${item},"TableName":7}`],
    ...[`{"TableName":"Plain","Item":${item}}x`, `{"TableName":"Plain","Item":${item},}`],
    ...[`{"TableName":"Plain","Item":${item},"Item":${other}}`, `{"TableName":"Plain","Item":null}`],
    ...[
      `{"TableName":"Plain","Item":${item},"Item":null}`,
      `{"Other":{"Item":${other}},"TableName":"Plain"}`,
    ],
    ...[
      `{"TableName":"Plain","\\u0049tem":${item}}`,
      `{"TableName":"Plain","\\u0049tem":{"0":{}},"Item":${item}}`,
    ],
    ...[`{"TableName":"Plain","Item":{"0":{}}}`, `{"TableName":"a b","Item":${item}}`],
    ...[
      `{"TableName":"Plain","Item":${item},"ReturnValues":"SOME"}`,
      `\ufeff{"TableName":"Plain","Item":${item}}`,
    ],
    `{"TableName":"Plain","Item":${item},"ConditionExpression":"v = :v","ExpressionAttributeValues":{":v":{"S":"}"}}}`,
    `{"TableName":"Plain","Item":${item},"ConditionExpression":"k = :k","ExpressionAttributeValues":{":k":{"S":"k"}}}`,
    `{"TableName":"Plain","Item":${item},"Expected":{"k":{"Exists":false}}}`,
    `{"TableName":"Plain","Item":${item},"X":"\\"Item\\":{","Y":["{",{"Item":{}}]}`,
  ]
  const many = (count: number): string =>
    Array.from({ length: count }, (_, n) => `{"PutRequest":{"Item":{"k":{"S":"m"},"s":{"S":"${n}"}}}}`).join()
  const batches: readonly string[] = [
    ...[
      '{"RequestItems":{}}',
      '{"RequestItems":[]}',
      '{"RequestItems":{"Plain":{}}}',
      '{"RequestItems":{"Plain":[]}}',
    ],
    ...['{"RequestItems":{"Plain":[null]}}', '{"RequestItems":{"Plain":[{}]}}', '{"RequestItems":null}'],
    ...[25, 26].map(count => `{"RequestItems":{"Plain":[${many(count)}]}}`),
    ...[13, 12].map(count => `{"RequestItems":{"Plain":[${many(13)}],"Rich":[${many(count)}]}}`),
    `{"RequestItems":{"Plain":[{"PutRequest":{"Item":${item}}},{"PutRequest":{"Item":${item}}}]}}`,
    `{"RequestItems":{"Plain":[{"PutRequest":{"Item":${item}}},{"DeleteRequest":{"Key":${other}}}]}}`,
    `{"RequestItems":{"Plain":[{"PutRequest":{"Item":${item}},"DeleteRequest":{"Key":${other}}}]}}`,
    `{"RequestItems":{"Plain":[{"PutRequest":null}]}}`,
    `{"RequestItems":{"Plain":[{"PutRequest":{}}]}}`,
    `{"RequestItems":{"Plain":[{"PutRequest":{"Item":${item},"Item":${other}}}]}}`,
    `{"RequestItems":{"Rich":[{"PutRequest":{"Item":${item}}}],"Plain":[{"PutRequest":{"Item":${other}}}]}}`,
    `{"RequestItems":{"999":[{"PutRequest":{"Item":${item}}}],"Plain":[{"PutRequest":{"Item":${other}}}]}}`,
    `{"RequestItems":{"Pl\\u0061in":[{"PutRequest":{"Item":${item}}}]}}`,
    `{"RequestItems":{"Plain":[{"PutRequest":{"Item":${item}}}]},"ReturnConsumedCapacity":"TOTAL"}`,
    `{"RequestItems":{"Rich":[{"PutRequest":{"Item":${item}}}]},"ReturnItemCollectionMetrics":"SIZE"}`,
    `{"RequestItems":{"a b":[{"PutRequest":{"Item":${item}}}]}}`,
  ]
  for (const [operation, list] of [['PutItem', puts] as const, ['BatchWriteItem', batches] as const])
    for (const body of list) expect.soft(await own(operation, body), body).toBe(await codec(operation, body))
  const broken = Buffer.from(`{"TableName":"Plain","Item":{"k":{"S":"k"},"s":{"S":"?"}}}`)
  broken[broken.indexOf('?')] = 0xff
  expect(await own('PutItem', broken)).toBe(await codec('PutItem', broken))
  await expectSame(own, codec)
})

test('random items, written in random ways, are put as the codec reads them', async () => {
  const [own, codec] = await startBoth()
  const random = createRandom(seed)
  let [accepted, lifted] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    const odd = random.chance(0.5) ? 0 : 0.05
    const item = `{${[`"k":{"S":"${random.below(9)}"}`, `"s":{"S":"${random.below(9)}"}`, ...members(random, 0, odd)].join()}}`
    for (const [operation, body] of bodies(item)) {
      const expected = await codec(operation, body)
      if (expected.startsWith('200')) {
        accepted++
        if (dynamodb.readers?.[operation]?.(Buffer.from(body), () => ({})) !== undefined) lifted++
      }
      expect.soft(await own(operation, body), body).toBe(expected)
    }
  }
  expect(accepted / rounds / 3).toBeGreaterThan(0.3)
  // It would be no use otherwise.
  expect(lifted / accepted).toBeGreaterThan(0.7)
  await expectSame(own, codec)
})

type Send = Awaited<ReturnType<typeof start>>

async function expectSame(own: Send, codec: Send): Promise<void> {
  for (const TableName of ['Plain', 'Rich']) {
    const all = JSON.stringify({ TableName })
    const expected = await codec('Scan', all)
    expect(JSON.parse(expected.slice(4)).Count).toBeGreaterThan(0)
    expect(await own('Scan', all)).toBe(expected)
  }
}

const letters = ['a', 'b', 'é', '😀', '\\n', '\\"', '\\u00e9', '\\/', 'xyz', '1', ' ']

function text(random: Random, odd: number): string {
  const count = random.below(6)
  return Array.from({ length: count }, () =>
    random.pick(random.chance(odd) ? letters : ['a', 'b', 'é', '\\n']),
  ).join('')
}

const blank = (random: Random, odd: number): string =>
  random.chance(odd) ? random.pick([' ', '\n', '\t', '  ']) : ''

function members(random: Random, depth: number, odd: number): string[] {
  return Array.from({ length: random.below(5) }, (_, n) => {
    const name = random.chance(odd) ? `${text(random, odd)}` : `${random.pick(['a', 'name', 'ü'])}${n}`
    return `${blank(random, odd)}"${name}"${blank(random, odd)}:${blank(random, odd)}${value(random, depth + 1, odd)}`
  })
}

const numbers = ['1', '-7', '100', '0', '1.5', '-0.25', '123456789012345678', '0.001']
const oddNumbers = ['1.0', '1e3', '-0', '01', 'x', '', '1E-5']

function value(random: Random, depth: number, odd: number): string {
  const between = blank(random, odd)
  const scalar = (): string => `"${random.pick(random.chance(odd) ? oddNumbers : numbers)}"`
  const set = (member: () => string): string =>
    `[${Array.from({ length: 1 + random.below(3) }, member).join(`${between},`)}]`
  const [type, content] = random.pick<() => readonly [string, string]>([
    () => ['S', `"${text(random, odd)}"`],
    () => ['N', scalar()],
    () => ['B', `"${random.pick(random.chance(odd) ? ['AB==', 'A'] : ['', 'AA==', 'AAE=', 'AAAA'])}"`],
    () => ['BOOL', random.pick(['true', 'false'])],
    () => ['NULL', random.chance(odd) ? 'false' : 'true'],
    () => ['SS', set(() => `"${text(random, odd)}"`)],
    () => ['NS', set(scalar)],
    () => ['BS', set(() => random.pick(['"AA=="', '"AAE="']))],
    () => ['L', depth > 4 ? '[]' : set(() => value(random, depth + 1, odd))],
    () => ['M', depth > 4 ? '{}' : `{${members(random, depth, odd).join()}}`],
  ])()
  return `{${between}"${random.chance(odd / 5) ? 'X' : type}"${between}:${content}${blank(random, odd)}}`
}
