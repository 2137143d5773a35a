import { resolve } from 'node:path'
import { UserError } from '../lib/index.ts'
import { sourceFilesFor, swaggerFiles } from './loader.ts'
import type { ProjectOptions } from './options.ts'
import { createReport, ProjectError } from './problems.ts'
import { evaluateIntrinsic, isIntrinsic } from './source/intrinsics.ts'
import { createReader, type Reader, referenceOf } from './source/reader.ts'
import type { MapNode, SourceNode } from './source/source-node.ts'
import { apiId } from './swagger/read-api.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What `null` means nothing in, and AWS would refuse. */
const withoutNulls = /^(requestTemplates|responseTemplates|requestParameters|responseParameters)$/

/**
 * One API as one document, ready for `aws apigateway import-rest-api`: templates are inlined, references to other files
 * and CloudFormation's functions are resolved, placeholders replaced; only models are still referred to.
 * Throws a `ProjectError` where the file cannot be read.
 */
export function exportApi(options: ProjectOptions, id: string): Record<string, unknown> {
  const directory = resolve(options.directory)
  const files = swaggerFiles(directory)
  const file = files.find(one => apiId(one) === id)
  if (file === undefined)
    throw new ProjectError([
      new UserError('unknown-api', `There is no API ${id}`, {
        hint: `The APIs are ${files.map(apiId).join(', ') || 'none: swagger/ is empty'}.`,
      }),
    ])
  const report = createReport()
  const scope = { account: options.account, region: options.region, parameters: options.placeholders ?? {} }
  const reader = createReader(sourceFilesFor(options), report, scope)
  const root = reader.open(file)
  const document = root?.kind === 'map' ? createExporter(reader, root, scope).document() : {}
  if (report.problems.length > 0) throw new ProjectError(report.problems)
  return document
}

function createExporter(reader: Reader, root: MapNode, scope: Parameters<typeof evaluateIntrinsic>[1]) {
  const isSwagger = root.entries.has('swagger')
  const pointer = isSwagger ? '#/definitions/' : '#/components/schemas/'
  const hoisted = new Map<SourceNode, string>()
  const added: { [key: string]: Json } = {}
  const path: SourceNode[] = []

  const convert = (node: SourceNode, key: string): Json => {
    if (node.kind === 'scalar')
      return typeof node.value === 'number' && /^0\d/.test(node.text) ? node.text : node.value
    if (node.kind === 'list') return node.items.map(item => convert(item, key))
    if (isIntrinsic(node)) return evaluateIntrinsic(node, scope) ?? null
    const reference = referenceOf(node)
    if (reference !== undefined) return refer(node, reference.text, key)
    const made: { [key: string]: Json } = {}
    for (const entry of node.entries.values()) {
      const isNull = entry.value.kind === 'scalar' && entry.value.value === null
      if (isNull && (withoutNulls.test(key) || withoutNulls.test(entry.key))) continue
      made[entry.key] = convert(entry.value, entry.key)
    }
    return made
  }
  const refer = (node: MapNode, text: string, key: string): Json => {
    const own = node.origin.file === root.origin.file
    if (own && text.startsWith(pointer) && key !== 'x-amazon-apigateway-integration') return { $ref: text }
    if (text.startsWith('https://apigateway.')) return { $ref: text }
    const target = reader.follow(node)
    if (target === undefined) return null
    if (target.kind !== 'map') return convert(target, key)
    const known = hoisted.get(target)
    if (known !== undefined) return { $ref: pointer + known }
    if (!isSchemaKey(text, own) && !path.includes(target)) {
      path.push(target)
      const made = convert(target, key)
      path.pop()
      return made
    }
    const name = modelName(text, target)
    hoisted.set(target, name)
    added[name] = convert(target, 'schema')
    return { $ref: pointer + name }
  }
  /** A model of another file becomes a model of this one: it may refer to itself. */
  const isSchemaKey = (text: string, own: boolean): boolean =>
    !own || !text.startsWith('#') ? looksLikeModel(text) : false
  const looksLikeModel = (text: string): boolean => /#\/(definitions|components\/schemas)\//.test(text)
  const models = (): MapNode | undefined => {
    const parent = isSwagger ? root : reader.get(root, 'components')
    const node = reader.get(parent, isSwagger ? 'definitions' : 'schemas')
    return node?.kind === 'map' ? node : undefined
  }
  const modelName = (text: string, target: SourceNode): string => {
    const last = /([^/#]+)$/.exec(text)?.[1] ?? 'Model'
    const base = last.replace(/\.\w+$/, '').replaceAll(/[^A-Za-z0-9]/g, '') || 'Model'
    const taken = (name: string): boolean => {
      const entry = models()?.entries.get(name)
      return name in added || (entry !== undefined && reader.follow(entry.value) !== target)
    }
    let name = base
    for (let number = 2; taken(name); number++) name = `${base}${number}`
    return name
  }
  return {
    document(): Record<string, unknown> {
      const made = convert(root, '') as { [key: string]: Json }
      if (Object.keys(added).length === 0) return made
      if (isSwagger)
        return { ...made, definitions: { ...(made['definitions'] as object | undefined), ...added } }
      const components = (made['components'] ?? {}) as { [key: string]: Json }
      return {
        ...made,
        components: {
          ...components,
          schemas: { ...(components['schemas'] as object | undefined), ...added },
        },
      }
    },
  }
}
