import type { Method, ProjectSnapshot, SourcePosition } from './snapshot.ts'

/** One line of `lambdarium routes`. */
export interface RouteRow {
  readonly api: string
  readonly method: string
  readonly path: string
  readonly integration: Method['integration']['type']
  /** The function, URL or service action that answers, stage variables as written; `''` for MOCK. */
  readonly target: string
  readonly authorization: Method['authorizationType']
  readonly authorizer?: string
  readonly apiKeyRequired: boolean
  readonly position: SourcePosition
}

/** Every method of every API, in the order of their files. */
export function listRoutes(snapshot: ProjectSnapshot): RouteRow[] {
  return snapshot.apis.flatMap(api =>
    api.resources.flatMap(resource =>
      [...resource.methods.values()].map(method => ({
        api: api.id,
        method: method.httpMethod,
        path: resource.path,
        integration: method.integration.type,
        target: targetText(method),
        authorization: method.authorizationType,
        ...(method.authorizer === undefined ? {} : { authorizer: method.authorizer.name }),
        apiKeyRequired: method.apiKeyRequired,
        position: method.position,
      })),
    ),
  )
}

function targetText({ integration }: Method): string {
  const { target, uri } = integration
  if (target.kind === 'mock') return ''
  if (target.kind === 'http') return uri
  if (target.kind === 'service') return uri.replace(/^arn:[^:]*:apigateway:[^:]*:/, '')
  return uri.replace(/^.*?:function:/, '').replace(/\/invocations\/?$/, '')
}
