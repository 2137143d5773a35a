// Turns one SDK client's exported schemas, with botocore's facts beside them, into the model that src/aws/protocols reads.
// The SDK's tuples: operation [9, ns, name, traits, input, output], structure [3, …, traits, names, schemas, required],
// union [4, …], error [-3, …], list [1, ns, name, traits, member], map [2, …, key, value], simple [0, ns, name, traits, base].

/** @type {Record<number, string>} */
const simple = {
  0: ':string',
  1: ':number',
  2: ':boolean',
  4: ':timestamp',
  5: ':dateTime',
  6: ':httpDate',
  7: ':epochSeconds',
  15: ':document',
  17: ':long',
  21: ':blob',
  42: ':stream',
}
/** Bits of a numeric trait. @type {readonly (readonly [number, string])[]} */
const bits = [
  [1, 'label'],
  [4, 'token'],
  [8, 'sensitive'],
  [16, 'payload'],
  [32, 'responseCode'],
  [64, 'queryParams'],
]
/** @type {Record<string, string>} */
const traitNames = {
  httpHeader: 'header',
  httpQuery: 'query',
  httpPrefixHeaders: 'prefix',
  httpPayload: 'payload',
  httpLabel: 'label',
  jsonName: 'json',
  xmlName: 'xml',
  xmlFlattened: 'flat',
  xmlAttribute: 'attribute',
  xmlNamespace: 'ns',
  idempotencyToken: 'token',
  hostLabel: 'hostLabel',
  eventPayload: 'eventPayload',
  streaming: 'streaming',
}
const dropped = new Set(['error', 'httpError', 'awsQueryError', 'http', 'endpoint', 'httpChecksum'])

/** @param {unknown} traits @returns {Record<string, unknown>} */
function readTraits(traits) {
  /** @type {Record<string, unknown>} */
  const out = {}
  if (typeof traits === 'number') {
    for (const [bit, name] of bits) if (traits & bit) out[name] = 1
    return out
  }
  for (const [key, value] of Object.entries(traits ?? {})) {
    const name = traitNames[key]
    if (name !== undefined) out[name] = value
    else if (!dropped.has(key)) throw new Error(`unknown trait ${key}`)
  }
  return out
}

/** @param {any} schema */
const settle = schema => (typeof schema === 'function' ? schema() : schema)
/** A member is a schema, or a schema with traits. @param {any} member @returns {[any, unknown]} */
function memberParts(member) {
  const value = settle(member)
  if (!Array.isArray(value) || typeof value[1] === 'string') return [value, undefined]
  return [settle(value[0]), value[1]]
}

/**
 * @param {string} id @param {Record<string, any>} sdk @param {any} legacy @param {Record<string, string>} versions
 * @returns {any}
 */
export function extractModel(id, sdk, legacy, versions) {
  /** @type {Record<string, any>} */
  const shapes = {}

  /** @param {string} name @param {any} shape */
  function define(name, shape) {
    const known = shapes[name]
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(shape))
      return define(`${name}_`, shape)
    shapes[name] = shape
    return name
  }
  /** @param {any} facts botocore's shape */
  function limits(facts) {
    /** @type {Record<string, unknown>} */
    const out = {}
    for (const key of ['enum', 'min', 'max', 'pattern']) if (facts?.[key] !== undefined) out[key] = facts[key]
    if (facts?.sensitive) out['sensitive'] = 1
    return out
  }
  /** @param {string} base @param {string | undefined} name botocore's shape @param {boolean} sensitive */
  function leaf(base, name, sensitive) {
    const facts = name === undefined ? undefined : legacy.shapes[name]
    let kind = base
    if (base === ':number') {
      const exact = ['integer', 'long', 'float', 'double'].includes(facts?.type)
      kind = exact ? `:${facts.type}` : ':number'
    }
    const found = limits(facts)
    if (sensitive) found['sensitive'] = 1
    if (name === undefined || Object.keys(found).length === 0) {
      return sensitive ? define(`Sensitive${kind.slice(1)}`, { t: kind.slice(1), sensitive: 1 }) : kind
    }
    return define(name, { t: kind.slice(1), ...found })
  }
  /** @param {any} schema @param {string | undefined} name botocore's member shape @returns {any} */
  function member(schema, name) {
    const [target, raw] = memberParts(schema)
    const traits = readTraits(raw)
    const sensitive = traits['sensitive'] === 1
    delete traits['sensitive']
    const reference = shape(target, name, sensitive)
    return Object.keys(traits).length === 0 ? reference : [reference, traits]
  }
  /** @param {any} schema @param {string | undefined} name @param {boolean} [sensitive] @returns {string} */
  function shape(schema, name, sensitive = false) {
    const facts = name === undefined ? undefined : legacy.shapes[name]
    if (typeof schema === 'number') {
      if (schema & 64) {
        const list = { t: 'list', of: shape(schema & ~64, facts?.member?.shape), ...limits(facts) }
        return define(name ?? `ListOf${list.of.replace(':', '')}`, list)
      }
      if (schema & 128) {
        const value = shape(schema & ~128, facts?.value?.shape)
        const map = { t: 'map', key: shape(0, facts?.key?.shape), value, ...limits(facts) }
        return define(name ?? `MapOf${value.replace(':', '')}`, map)
      }
      const base = simple[schema]
      if (base === undefined) throw new Error(`unknown simple schema ${schema}`)
      return leaf(base, name, sensitive)
    }
    if (schema === 'unit') return ':unit'
    const kind = schema[0]
    if (kind === 0) {
      return leaf(simple[schema[4]] ?? ':string', name, sensitive || readTraits(schema[3])['sensitive'] === 1)
    }
    const own = schema[2]
    const traits = readTraits(schema[3])
    delete traits['sensitive']
    if (kind === 1) {
      if (shapes[own] !== undefined) return own
      shapes[own] = { t: 'list' }
      shapes[own] = { t: 'list', of: member(schema[4], facts?.member?.shape), ...traits, ...limits(facts) }
      return own
    }
    if (kind === 2) {
      if (shapes[own] !== undefined) return own
      shapes[own] = { t: 'map' }
      const key = member(schema[4], facts?.key?.shape)
      shapes[own] = {
        t: 'map',
        key,
        value: member(schema[5], facts?.value?.shape),
        ...traits,
        ...limits(facts),
      }
      return own
    }
    return structure(schema, own, facts, traits)
  }
  /** @param {any} schema @param {string} own @param {any} facts @param {Record<string, unknown>} traits */
  function structure(schema, own, facts, traits) {
    if (shapes[own] !== undefined) return own
    const t = schema[0] === 4 ? 'union' : schema[0] === -3 ? 'error' : 'structure'
    shapes[own] = { t }
    /** @type {Record<string, any>} */
    const m = {}
    schema[4].forEach((/** @type {string} */ name, /** @type {number} */ index) => {
      m[name] = member(schema[5][index], facts?.members?.[name]?.shape)
    })
    const required = new Set([...schema[4].slice(0, schema[6] ?? 0), ...(facts?.required ?? [])])
    const r = schema[4].filter((/** @type {string} */ name) => required.has(name))
    shapes[own] = { t, ...traits, m, ...(r.length > 0 ? { r } : {}) }
    if (t === 'error') {
      const { awsQueryError, httpError, error } = schema[3]
      // The query protocol's status is its own: Parameter Store's 404s are 400 in JSON.
      const status = httpError ?? (error === 'server' ? 500 : 400)
      shapes[own].status = status
      if (awsQueryError !== undefined) shapes[own].query = awsQueryError
      if (error === 'server') shapes[own].fault = 'server'
    }
    return own
  }
  /** @param {any} schema @param {string | undefined} name */
  function root(schema, name) {
    const target = settle(schema)
    return target === 'unit' ? undefined : shape(target, name)
  }

  /** @type {Record<string, any>} */
  const operations = {}
  for (const exported of Object.keys(sdk).sort()) {
    const schema = sdk[exported]
    if (!exported.endsWith('$') || !Array.isArray(schema)) continue
    if (schema[0] === -3) shape(schema, schema[2] in legacy.shapes ? schema[2] : undefined)
    if (schema[0] !== 9) continue
    const facts = legacy.operations[schema[2]]
    const input = root(schema[4], facts?.input?.shape)
    const output = root(schema[5], facts?.output?.shape)
    const http = schema[3]?.http
    const uri = id === 's3' ? withBucket(http[1], shapes[input ?? '']?.m) : http?.[1]
    operations[schema[2]] = {
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      ...(http === undefined ? {} : { http: [http[0], uri.replace(/[?&]x-id=\w+/, ''), http[2]] }),
      ...(schema[3]?.endpoint === undefined ? {} : { hostPrefix: schema[3].endpoint[0] }),
      ...(facts?.errors === undefined
        ? {}
        : { errors: facts.errors.map((/** @type {any} */ error) => error.shape).sort() }),
      ...(facts?.authtype === 'none' ? { auth: 'none' } : {}),
      ...(facts?.httpChecksum?.requestChecksumRequired ? { checksum: 1 } : {}),
    }
  }
  return { ...serviceFacts(id, sdk, legacy), versions, operations, shapes }
}

/** The SDK leaves the bucket to its endpoint rules; on the wire it stands in front of the key. @param {string} uri @param {any} members */
function withBucket(uri, members) {
  if (members?.Bucket === undefined || uri.includes('{Bucket}')) return uri
  return uri.replace(/^\/?/, '/{Bucket}/').replace(/^(\/\{Bucket\})\/(\?|$)/, '$1$2')
}

const protocols = /** @type {Record<string, string>} */ ({
  AwsJson1_0Protocol: 'awsJson1_0',
  AwsJson1_1Protocol: 'awsJson1_1',
  AwsRestJsonProtocol: 'restJson1',
  S3RestXmlProtocol: 'restXml',
  AwsQueryProtocol: 'awsQuery',
})

/** @param {string} id @param {Record<string, any>} sdk @param {any} legacy */
function serviceFacts(id, sdk, legacy) {
  const name = Object.keys(sdk).find(key => key.endsWith('Client') && key !== '__Client') ?? ''
  const config = new sdk[name]({
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  }).config
  const settings = config.protocolSettings
  const protocolClass = typeof config.protocol === 'function' ? config.protocol : config.protocol.constructor
  const protocol = protocols[protocolClass.name]
  if (protocol === undefined) throw new Error(`${id}: unknown protocol ${protocolClass.name}`)
  const { metadata } = legacy
  // SQS has left the query protocol in both models; its answers there keep the namespace of its API version.
  const own = id === 'sqs' ? 'http://queue.amazonaws.com/doc/2012-11-05/' : undefined
  const xmlNamespace = own ?? settings.xmlNamespace
  return {
    id,
    sdkId: config.serviceId,
    client: name,
    apiVersion: config.apiVersion,
    protocol,
    signingName: metadata.signingName ?? metadata.endpointPrefix,
    endpointPrefix: metadata.endpointPrefix,
    target: metadata.targetPrefix ?? settings.serviceTarget,
    ...(xmlNamespace === undefined ? {} : { xmlNamespace }),
    ...(settings.awsQueryCompatible ? { queryCompatible: true } : {}),
  }
}
