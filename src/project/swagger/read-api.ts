import { basename } from 'node:path'
import type { ProjectOptions } from '../options.ts'
import { createReport, type Report } from '../problems.ts'
import type { RestApi } from '../snapshot.ts'
import { evaluateIntrinsic, type IntrinsicScope, isIntrinsic } from '../source/intrinsics.ts'
import { openPlaceholders } from '../source/placeholders.ts'
import { createReader, placeOf } from '../source/reader.ts'
import type { SourceFiles } from '../source/source-files.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext, Dialect, FunctionUse } from './api-context.ts'
import { readAuthorizers } from './authorizers.ts'
import { readEndpoint } from './endpoint.ts'
import { reportExtensions } from './extensions.ts'
import { readGatewayResponses } from './gateway-responses.ts'
import { readResources } from './methods.ts'
import { createSchemaModels } from './schema-models.ts'

/** One file, read: the API (undefined where it cannot be served), what was found, and what it depends on. */
export interface ReadApi {
  readonly file: string
  readonly api: RestApi | undefined
  readonly report: Report
  /** Every file that took part. */
  readonly opened: ReadonlySet<string>
  readonly functionUses: readonly FunctionUse[]
}

/** Reads one Swagger or OpenAPI file with everything it refers to. */
export function readApi(file: string, options: ProjectOptions, files: SourceFiles): ReadApi {
  const report = createReport()
  const scope: IntrinsicScope = {
    account: options.account,
    region: options.region,
    parameters: options.placeholders ?? {},
  }
  const reader = createReader(files, report, scope)
  const functionUses: FunctionUse[] = []
  const done = (api?: RestApi): ReadApi => ({
    file,
    api: report.problems.length === 0 ? api : undefined,
    report,
    opened: reader.opened,
    functionUses,
  })
  const root = reader.open(file)
  if (root === undefined) return done()
  const dialect = readDialect(root, report)
  if (dialect === undefined) return done()
  const api: ApiContext = {
    id: apiId(file),
    file,
    dialect,
    root,
    reader,
    options,
    authorizers: new Map(),
    models: createSchemaModels(reader, root, dialect === 'openapi-3.1'),
    functionUses,
  }
  reportPlaceholders(api)
  reportExtensions(api)
  api.models.checkAll()
  readAuthorizers(api)
  const info = reader.get(root, 'info')
  const description = reader.text(reader.get(info, 'description'), 'description')
  const policy = reader.get(root, 'x-amazon-apigateway-policy')
  const cors = options.cors === true || reader.get(root, 'x-amazon-apigateway-cors') !== undefined
  if (options.cors === true)
    report.finding(
      'warning',
      'cors-convenience',
      `cors: true answers preflight requests of ${api.id}; on AWS the API needs OPTIONS methods and CORS headers of its own`,
      placeOf(root),
      'Turn cors off to see what AWS would answer.',
    )
  return done({
    id: api.id,
    name: reader.text(reader.get(info, 'title'), 'title') ?? api.id,
    ...(description === undefined ? {} : { description }),
    file,
    ...readEndpoint(api),
    ...(policy === undefined ? {} : { policy: policyDocument(policy, scope) }),
    gatewayResponses: readGatewayResponses(api),
    resources: readResources(api),
    authorizers: api.authorizers,
    ...(cors ? { cors: true } : {}),
  })
}

/** The file's name without its ending; `apiId` everywhere. */
export function apiId(file: string): string {
  return basename(file).replace(/\.(ya?ml|json)$/i, '')
}

function readDialect(root: SourceNode, report: Report): Dialect | undefined {
  const entry = root.kind === 'map' ? (root.entries.get('swagger') ?? root.entries.get('openapi')) : undefined
  const version = entry?.value.kind === 'scalar' ? entry.value.text : ''
  const place = entry === undefined ? placeOf(root) : placeOf(entry.value)
  if (entry?.key === 'swagger' && /^2(\.0)?$/.test(version)) return 'swagger-2.0'
  if (entry?.key === 'openapi' && version.startsWith('3.0')) return 'openapi-3.0'
  if (entry?.key === 'openapi' && /^3\.\d/.test(version)) {
    report.finding(
      'warning',
      'openapi-version',
      `AWS imports OpenAPI up to 3.0; this file is ${version}`,
      place,
      'It is served here, its models by the newer JSON Schema; write openapi: 3.0.1 to be able to import it.',
    )
    return 'openapi-3.1'
  }
  report.problem(
    'not-openapi',
    entry === undefined
      ? 'This file is neither Swagger nor OpenAPI'
      : `${entry.key} ${JSON.stringify(version)} is not supported`,
    place,
    'It begins with swagger: "2.0" or openapi: 3.0.1. Files that others refer to may stand beside swagger/, or begin with _.',
  )
  return undefined
}

/** A policy may be written as an object or as JSON in a text, with CloudFormation's functions inside. */
function policyDocument(node: SourceNode, scope: IntrinsicScope): unknown {
  const plain = (value: SourceNode): unknown => {
    if (isIntrinsic(value)) return evaluateIntrinsic(value, scope)
    if (value.kind === 'scalar') return value.value
    if (value.kind === 'list') return value.items.map(plain)
    return Object.fromEntries([...value.entries.values()].map(entry => [entry.key, plain(entry.value)]))
  }
  const value = plain(node)
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function reportPlaceholders(api: ApiContext): void {
  const { origin } = api.root
  for (const { name, offset } of openPlaceholders(origin.text))
    api.reader.report.finding(
      'warning',
      'open-placeholder',
      `The placeholder %${name}% has no value`,
      origin.placeAt(offset),
      `Give it one in the configuration: placeholders: { ${name}: '…' }.`,
    )
}
