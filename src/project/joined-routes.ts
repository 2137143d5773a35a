import { relative } from 'node:path'
import type { Report } from './problems.ts'
import type { RestApi } from './snapshot.ts'

/**
 * The routes of all APIs share `/{stage}/…`, so no two may mean the same requests. Parameter names do not tell routes
 * apart.
 */
export function checkJoinedRoutes(
  apis: readonly { readonly api: RestApi; readonly source: string }[],
  directory: string,
  report: Report,
): void {
  const seen = new Map<string, { readonly file: string; readonly path: string; readonly line: number }>()
  for (const { api, source } of apis) {
    for (const resource of api.resources) {
      const shape = resource.path.replaceAll(/\{[^}]*?(\+?)\}/g, '{$1}')
      for (const method of resource.methods.values()) {
        const key = `${method.httpMethod} ${shape}`
        const other = seen.get(key)
        const { position } = method
        if (other === undefined) {
          seen.set(key, { file: api.file, path: resource.path, line: position.line })
          continue
        }
        report.problem(
          'duplicate-route',
          `${method.httpMethod} ${resource.path} stands in ${relative(directory, api.file)} and in ${relative(directory, other.file)}:${other.line}${other.path === resource.path ? '' : ` (as ${other.path})`}`,
          { position, source },
          'Take one of them away, or give it another path: the APIs share one URL space.',
        )
      }
    }
  }
}
