import { nearestName } from '../../lib/index.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'

type Level = 'root' | 'path' | 'operation' | 'scheme' | 'components' | 'tag' | 'other'

interface Extension {
  /** Where it may stand. */
  readonly at: readonly Level[]
  /** What is said about it; without it, it is honoured in silence. */
  readonly says?: string
}

/** Every extension of API Gateway; docs/reference/extensions.md is the same table for people. */
export const extensions: Readonly<Record<string, Extension>> = {
  'x-amazon-apigateway-any-method': { at: ['path'] },
  'x-amazon-apigateway-api-key-source': { at: ['root'] },
  'x-amazon-apigateway-auth': { at: ['operation'] },
  'x-amazon-apigateway-authorizer': { at: ['scheme'] },
  'x-amazon-apigateway-authtype': { at: ['scheme'] },
  'x-amazon-apigateway-binary-media-types': { at: ['root'] },
  'x-amazon-apigateway-cors': {
    at: ['root'],
    says: 'preflight requests are answered, but with every origin, method and header; in a REST API AWS ignores it and needs OPTIONS methods',
  },
  'x-amazon-apigateway-documentation': { at: ['root'] },
  'x-amazon-apigateway-endpoint-configuration': { at: ['root'] },
  'x-amazon-apigateway-gateway-responses': { at: ['root'] },
  'x-amazon-apigateway-importexport-version': { at: ['root'] },
  'x-amazon-apigateway-integration': { at: ['operation'] },
  'x-amazon-apigateway-integrations': {
    at: ['components'],
    says: 'references to it are followed; AWS does so for HTTP APIs only',
  },
  'x-amazon-apigateway-minimum-compression-size': { at: ['root'] },
  'x-amazon-apigateway-policy': { at: ['root'] },
  'x-amazon-apigateway-request-validator': { at: ['root', 'operation'] },
  'x-amazon-apigateway-request-validators': { at: ['root'] },
  'x-amazon-apigateway-security-policy': { at: ['root'], says: 'it has no effect: there is no TLS here' },
  'x-amazon-apigateway-tag-value': { at: ['root', 'tag'] },
}

/** Reports extensions that are unknown, stand where AWS does not look, or are not honoured as AWS would. */
export function reportExtensions(api: ApiContext): void {
  const names = Object.keys(extensions)
  const visit = (node: SourceNode, path: readonly string[]): void => {
    if (node.kind === 'list') for (const item of node.items) visit(item, [...path, '-'])
    if (node.kind !== 'map') return
    for (const { key, start, value } of node.entries.values()) {
      if (key.startsWith('x-amazon-')) report(node.origin.placeAt(start), key, path)
      // Templates, examples and schemas hold nothing for API Gateway.
      else if (path.length < 4 && !/^(definitions|schemas|example|examples)$/.test(key))
        visit(value, [...path, key])
    }
  }
  const report = (
    place: ReturnType<SourceNode['origin']['placeAt']>,
    key: string,
    path: readonly string[],
  ): void => {
    const extension = extensions[key]
    if (extension === undefined) {
      const near = nearestName(key, names)
      api.reader.report.finding(
        'warning',
        'unsupported-extension',
        `The extension ${key} is not known; it is ignored`,
        place,
        near === undefined ? undefined : `Did you mean ${near}?`,
      )
      return
    }
    const level = levelOf(path)
    if (!extension.at.includes(level))
      api.reader.report.finding(
        'warning',
        'misplaced-extension',
        `${key} has no effect here`,
        place,
        `It belongs ${extension.at.map(name => places[name]).join(' or ')}.`,
      )
    else if (extension.says !== undefined)
      api.reader.report.finding('warning', 'extension-differs', `${key}: ${extension.says}`, place)
  }
  visit(api.root, [])
}

const places: Readonly<Record<Level, string>> = {
  root: 'at the root of the file',
  path: 'under a path, beside get and post',
  operation: 'in an operation',
  scheme: 'in a security scheme',
  components: 'in components',
  tag: 'in an item of tags',
  other: 'elsewhere',
}

function levelOf(path: readonly string[]): Level {
  const [first] = path
  if (path.length === 0) return 'root'
  if (first === 'paths') return path.length === 2 ? 'path' : path.length === 3 ? 'operation' : 'other'
  if (first === 'securityDefinitions' && path.length === 2) return 'scheme'
  if (first === 'components') {
    if (path.length === 1) return 'components'
    return path[1] === 'securitySchemes' && path.length === 3 ? 'scheme' : 'other'
  }
  return first === 'tags' ? 'tag' : 'other'
}
