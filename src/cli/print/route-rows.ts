import type { RouteRow as ProjectRoute } from '../../project/index.ts'
import type { RouteRow } from './route-table.ts'

/** The project's routes in the words of the table; `stage` stands in front of each path where it is given. */
export function routeRows(routes: readonly ProjectRoute[], stage?: string): RouteRow[] {
  return routes.map(route => ({
    method: route.method,
    path: stage === undefined ? route.path : `/${stage}${route.path}`,
    target: route.target === '' ? 'mock' : route.target,
    type: route.integration === 'MOCK' ? '' : route.integration.toLowerCase(),
    access: [accessText(route), route.apiKeyRequired ? 'API key' : ''].filter(Boolean).join(' · '),
  }))
}

function accessText({ authorization, authorizer }: ProjectRoute): string {
  switch (authorization) {
    case 'NONE':
      return ''
    case 'AWS_IAM':
      return 'IAM'
    case 'COGNITO_USER_POOLS':
      return `Cognito ${authorizer ?? ''}`.trim()
    case 'CUSTOM':
      return authorizer ?? 'authorizer'
  }
}
