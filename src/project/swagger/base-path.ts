import { placeOf } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'

/**
 * What is put in front of every path. AWS ignores `basePath` unless ImportRestApi is told otherwise: `ignore` (its
 * default), `prepend`, or `split`, which takes the first segment away.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function basePath(api: ApiContext): string {
  const written = writtenBasePath(api)
  if (written === undefined) return ''
  const path = written.path.replaceAll(/^\/+|\/+$/g, '')
  if (path === '') return ''
  const mode = api.options.basePath ?? 'ignore'
  if (mode === 'prepend') return `/${path}`
  if (mode === 'split') return path.includes('/') ? path.slice(path.indexOf('/')) : ''
  api.reader.report.finding(
    'info',
    'base-path-ignored',
    `The base path /${path} is not part of the URLs, as when AWS imports the file`,
    placeOf(written.node),
    "To have it in front of the paths: basePath: 'prepend' in the configuration (aws apigateway import-rest-api --parameters basepath=prepend).",
  )
  return ''
}

function writtenBasePath(api: ApiContext): { readonly path: string; readonly node: SourceNode } | undefined {
  const { reader } = api
  const node = reader.get(api.root, 'basePath')
  if (node !== undefined) return { path: reader.text(node, 'basePath') ?? '', node }
  const servers = writtenServers(api)
  for (const server of servers) {
    const variable = reader.get(reader.get(reader.get(server, 'variables'), 'basePath'), 'default')
    if (variable !== undefined) return { path: reader.text(variable, 'basePath') ?? '', node: variable }
  }
  for (const server of servers) {
    const url = reader.get(server, 'url')
    const path = (reader.text(url, 'url') ?? '').replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '')
    if (url !== undefined && path.replaceAll('/', '') !== '' && !path.includes('{'))
      return { path, node: url }
  }
  return undefined
}

/** OpenAPI has a list here. Public projects deploy files with one server and no list (assumed: AWS reads nothing of it). */
function writtenServers(api: ApiContext): SourceNode[] {
  const { reader } = api
  const node = reader.get(api.root, 'servers')
  if (node?.kind !== 'map') return reader.items(node, 'servers')
  reader.report.finding(
    'warning',
    'servers-no-list',
    'servers is a list in OpenAPI, not a mapping; nothing of it is read',
    placeOf(node),
    'Write - before its first line.',
  )
  return []
}
