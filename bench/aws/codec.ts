import { createServiceWires, loadServiceFaces, loadServiceModel } from '../../src/aws/index.ts'

const request = {
  TableName: 'Rides',
  Key: { id: { S: 'ride-0001-4711' }, at: { N: '1767225600000' } },
  ConsistentRead: true,
  ExpressionAttributeNames: { '#a': 'name', '#b': 'state' },
  ProjectionExpression: '#a, #b',
}

const item = {
  id: { S: 'ride-0001-4711' },
  at: { N: '1767225600000' },
  name: { S: 'Saltholm – København' },
  state: { S: 'BOARDING' },
  open: { BOOL: true },
  note: { NULL: true },
  seats: { N: '48' },
  tags: { SS: ['sea', 'bicycles', 'dogs'] },
  photo: { B: Uint8Array.from({ length: 64 }, (_, index) => index) },
  stops: { L: [{ S: 'Dragør' }, { S: 'Saltholm' }, { M: { lat: { N: '55.63' }, lon: { N: '12.76' } } }] },
  captain: { M: { name: { S: 'Ada' }, licence: { S: 'K-17' }, years: { N: '12' } } },
}

type Attribute = Record<string, unknown>

/** What somebody would write by hand for this one operation, with the same checks. */
const byHand = {
  decode(body: Buffer): unknown {
    const input = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    const text = (value: unknown): void => {
      if (value !== undefined && typeof value !== 'string') throw new TypeError('text')
    }
    text(input['TableName'])
    text(input['ProjectionExpression'])
    text(input['ReturnConsumedCapacity'])
    if (input['ConsistentRead'] !== undefined && typeof input['ConsistentRead'] !== 'boolean')
      throw new TypeError('flag')
    if (input['TableName'] === undefined || input['Key'] === undefined) throw new TypeError('missing')
    const names = input['ExpressionAttributeNames'] as Record<string, unknown> | undefined
    for (const name in names) text(names[name])
    const key = input['Key'] as Record<string, Attribute>
    for (const name in key) readAttribute(key[name] ?? {})
    return input
  },
  encode(output: { Item: Record<string, Attribute> }): Buffer {
    return Buffer.from(JSON.stringify({ Item: writeMap(output.Item) }), 'utf8')
  },
}

function readAttribute(attribute: Attribute): void {
  for (const type in attribute) {
    const value = attribute[type]
    if (type === 'S' || type === 'N') {
      if (typeof value !== 'string') throw new TypeError(type)
    } else if (type === 'B') attribute['B'] = Buffer.from(value as string, 'base64')
    else if (type === 'BOOL' || type === 'NULL') {
      if (typeof value !== 'boolean') throw new TypeError(type)
    } else if (type === 'L') for (const inner of value as Attribute[]) readAttribute(inner)
    else if (type === 'M')
      for (const inner of Object.values(value as Record<string, Attribute>)) readAttribute(inner)
  }
}

function writeMap(map: Record<string, Attribute>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const name in map) out[name] = writeAttribute(map[name] ?? {})
  return out
}

function writeAttribute(attribute: Attribute): Attribute {
  if (attribute['B'] !== undefined) return { B: Buffer.from(attribute['B'] as Uint8Array).toString('base64') }
  if (attribute['M'] !== undefined) return { M: writeMap(attribute['M'] as Record<string, Attribute>) }
  if (attribute['L'] !== undefined) return { L: (attribute['L'] as Attribute[]).map(writeAttribute) }
  return attribute
}

function timed(rounds: number, work: () => void): number {
  const begin = process.hrtime.bigint()
  for (let round = 0; round < rounds; round++) work()
  return Number(process.hrtime.bigint() - begin) / rounds / 1000
}

/** Codec of DynamoDB GetItem beside a hand-written one, and the time that all models take to load. */
export function benchCodec(): void {
  const wire = createServiceWires()('dynamodb')
  const codec = wire.codec('awsJson1_0')
  const operation = wire.linked.operation('GetItem')
  if (operation?.input === undefined) throw new Error('GetItem is not in the model')
  const { input } = operation
  const body = Buffer.from(JSON.stringify(request))
  const head = { method: 'POST', path: '/', query: [], headers: {}, labels: {}, body }
  const context = { requestId: 'x', method: 'POST', path: '/' }
  const validate = wire.validator(input)
  const ours = {
    decode: () => {
      const value = codec.decode(operation, head)
      if (validate(value) !== undefined) throw new Error('the input is invalid')
    },
    encode: () => void codec.encode(operation, { Item: item }, context),
  }
  const hand = { decode: () => void byHand.decode(body), encode: () => void byHand.encode({ Item: item }) }
  const rounds = 20_000
  const best = { decode: [Infinity, Infinity], encode: [Infinity, Infinity] } as Record<
    string,
    [number, number]
  >
  for (let attempt = 0; attempt < 7; attempt++)
    for (const part of ['decode', 'encode'] as const) {
      const pair = best[part] ?? [0, 0]
      best[part] = [
        Math.min(pair[0], timed(rounds, ours[part])),
        Math.min(pair[1], timed(rounds, hand[part])),
      ]
    }
  let total: [number, number] = [0, 0]
  for (const [part, [own, other]] of Object.entries(best)) {
    total = [total[0] + own, total[1] + other]
    console.log(
      `GetItem ${part}: ${own.toFixed(2)} µs, by hand ${other.toFixed(2)} µs: ${(own / other).toFixed(2)} ×`,
    )
  }
  console.log(
    `GetItem decode + encode: ${(total[0] / total[1]).toFixed(2)} × a hand-written codec (limit 1.3)`,
  )
  const faces = loadServiceFaces()
  const load = timed(5, () => faces.forEach(({ id }) => void loadServiceModel(id)))
  console.log(`all ${faces.length} models load in ${(load / 1000).toFixed(1)} ms (limit 30)`)
}
