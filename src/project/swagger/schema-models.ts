import { createRequire } from 'node:module'
import type { Ajv as AjvType, Options, ValidateFunction } from 'ajv'
import type { Model } from '../snapshot.ts'
import { placeOf, type Reader, referenceOf } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import { checkSchema } from './schema-check.ts'
import { validationWords } from './validation-words.ts'

/** The models of one API: checked when it is loaded, compiled when first used. */
export interface SchemaModels {
  /** The model that a `schema` describes, by reference or in place. */
  model(node: SourceNode, fallbackName: string): Model
  /** Checks the models of the whole file. */
  checkAll(): void
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * Formats that a draft 4 validator knows; AWS ignores others, as `int32` (assumed from its list of exceptions).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const formats = [
  'date-time',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'regex',
  'uri',
  'uuid',
  'json-pointer',
  'uri-template',
] as const

/** Keywords that API Gateway's validation does not know, or that only name the schema. */
const dropped = new Set([
  'id',
  '$id',
  '$schema',
  'nullable',
  'discriminator',
  'example',
  'examples',
  'default',
  'xml',
  'externalDocs',
  'readOnly',
  'writeOnly',
  'deprecated',
  'description',
  'title',
])

/** Models over `reader`; `newer` reads OpenAPI 3.1's schemas, which follow draft 2020-12. */
export function createSchemaModels(reader: Reader, root: SourceNode, newer: boolean): SchemaModels {
  const models = new Map<SourceNode, Model>()
  let ajv: AjvType | undefined
  const definitions = (): SourceNode | undefined =>
    reader.get(root, 'definitions') ?? reader.get(reader.get(root, 'components'), 'schemas')

  /** API Gateway's own form of a reference names the model in a URL. */
  const followModel = (node: SourceNode): SourceNode | undefined => {
    const reference = referenceOf(node)
    const url = /^https:\/\/apigateway\.[^/]+\/restapis\/[^/]+\/models\/(\w+)$/.exec(reference?.text ?? '')
    if (url === null) return reader.follow(node)
    const found = reader.get(definitions(), url[1] ?? '')
    if (found === undefined)
      reader.report.problem('unresolved-reference', `There is no model ${url[1]}`, placeOf(reference ?? node))
    return found
  }
  const schemaOf = (node: SourceNode): Json => {
    const keys = new Map<SourceNode, string>()
    const made: { [key: string]: Json } = {}
    const convert = (value: SourceNode, data: boolean): Json => {
      if (value.kind === 'scalar') return value.value
      if (value.kind === 'list') return value.items.map(item => convert(item, data))
      if (!data && referenceOf(value) !== undefined) return refer(value)
      const converted: { [key: string]: Json } = {}
      for (const { key, value: member } of value.entries.values()) converted[key] = convert(member, true)
      return converted
    }
    const schema = (value: SourceNode): Json => {
      if (value.kind !== 'map') return convert(value, true)
      if (referenceOf(value) !== undefined) return refer(value)
      const converted: { [key: string]: Json } = {}
      for (const { key, value: member } of value.entries.values()) {
        if (dropped.has(key)) continue
        if (
          /^(properties|patternProperties|definitions|\$defs|dependentSchemas)$/.test(key) &&
          member.kind === 'map'
        )
          converted[key] = Object.fromEntries(
            [...member.entries.values()].map(entry => [entry.key, schema(entry.value)]),
          )
        else if (/^(allOf|anyOf|oneOf|prefixItems|items)$/.test(key) && member.kind === 'list')
          converted[key] = member.items.map(schema)
        else if (/^(enum|const|required|type|dependencies)$/.test(key)) converted[key] = convert(member, true)
        else converted[key] = schema(member)
      }
      return converted
    }
    const refer = (value: SourceNode): Json => {
      const target = followModel(value)
      if (target === undefined) return {}
      let key = keys.get(target)
      if (key === undefined) {
        key = `m${keys.size}`
        keys.set(target, key)
        made[key] = schema(target)
      }
      return { $ref: `#/definitions/${key}` }
    }
    const converted = schema(node)
    return keys.size === 0 || typeof converted !== 'object' || converted === null || Array.isArray(converted)
      ? converted
      : { ...converted, definitions: made }
  }

  const compile = (node: SourceNode): ValidateFunction => {
    ajv ??= createAjv(newer)
    return ajv.compile(schemaOf(node) as object)
  }
  return {
    model(node, fallbackName) {
      const target = followModel(node) ?? node
      const known = models.get(target)
      if (known !== undefined) return known
      const name = /([^/]+)$/.exec(referenceOf(node)?.text ?? '')?.[1] ?? fallbackName
      if (referenceOf(node) === undefined) check(reader, target, name, newer)
      let validate: ValidateFunction | undefined
      const model: Model = {
        name,
        validate(value) {
          validate ??= compile(target)
          return validate(value) ? [] : validationWords(validate.errors ?? [], value)
        },
      }
      models.set(target, model)
      return model
    },
    checkAll() {
      for (const { key, value } of reader.members(definitions(), 'The models'))
        check(reader, value, key, newer)
    },
  }
}

/** Checks a schema and follows its references once, so that one that leads nowhere is found when the file is read. */
function check(reader: Reader, node: SourceNode, name: string, newer: boolean): void {
  checkSchema(reader, node, name, newer)
  const visit = (value: SourceNode): void => {
    if (value.kind === 'list') value.items.forEach(visit)
    if (value.kind !== 'map') return
    const reference = referenceOf(value)
    if (reference !== undefined && !reference.text.startsWith('https://apigateway.')) reader.follow(value)
    for (const { key, value: member } of value.entries.values()) {
      if (key === 'nullable' && member.kind === 'scalar' && member.value === true)
        reader.report.finding(
          'info',
          'model-keyword',
          `nullable has no effect in the model ${name}: API Gateway validates draft 4, which does not know it`,
          placeOf(member),
          'Write type: [string, "null"] where null is allowed.',
        )
      visit(member)
    }
  }
  visit(node)
}

/** Ajv is loaded when the first model is used: it would take a fifth of the time to start. */
function createAjv(newer: boolean): AjvType {
  const require = createRequire(import.meta.url)
  const options: Options = {
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
    unicodeRegExp: false,
    verbose: true,
    addUsedSchema: false,
  }
  const { default: Ajv } = require(newer ? 'ajv/dist/2020' : 'ajv-draft-04') as {
    default: new (options: Options) => AjvType
  }
  const { default: addFormats } = require('ajv-formats') as {
    default: (ajv: AjvType, formats: readonly string[]) => void
  }
  const ajv = new Ajv(options)
  addFormats(ajv, formats)
  return ajv
}
