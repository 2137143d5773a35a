import type { Place, Report } from '../problems.ts'

/**
 * Checks what API Gateway asks of a path: parameters are whole segments, and a greedy one stands last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function checkPath(report: Report, path: string, place: Place): void {
  const fault = pathFault(path)
  if (fault !== undefined) report.problem('bad-path', fault.message, place, fault.hint)
  for (const segment of path.split('/'))
    if (!/^(\{.*\}|[\w.,:~@$%+!'()*=;&-]*)$/.test(segment))
      report.finding(
        'warning',
        'path-characters',
        `AWS does not take the segment ${JSON.stringify(segment)}`,
        place,
      )
}

/**
 * Reports parameters of different names at one place, which AWS refuses ("a sibling of this resource already has a
 * variable path part"). `seen` remembers the name at each place.
 */
export function checkSiblings(report: Report, seen: Map<string, string>, path: string, place: Place): void {
  let parent = ''
  for (const segment of path.split('/').slice(1)) {
    if (segment.startsWith('{') && !segment.endsWith('+}')) {
      const other = seen.get(parent)
      if (other !== undefined && other !== segment)
        report.finding(
          'warning',
          'sibling-parameters',
          `At the same place, ${path} names the parameter ${segment} and another path ${other}; AWS refuses the file`,
          place,
          `Name both ${other}.`,
        )
      seen.set(parent, other ?? segment)
    }
    parent += `/${segment.startsWith('{') ? '{}' : segment}`
  }
}

function pathFault(path: string): { readonly message: string; readonly hint: string } | undefined {
  const problem = (message: string, hint: string) => ({ message, hint })
  if (!path.startsWith('/'))
    return problem(`The path ${JSON.stringify(path)} does not begin with /`, `/${path}`)
  const segments = path.split('/').slice(1)
  const names = new Set<string>()
  for (const [index, segment] of segments.entries()) {
    if (segment === '' && segments.length > 1)
      return problem(`The path ${path} has an empty segment`, path.replaceAll(/\/{2,}/g, '/'))
    const parameter = /^\{([^{}]+?)(\+?)\}$/.exec(segment)
    if (parameter === null && /[{}]/.test(segment))
      return problem(
        `In the path ${path}, ${segment} mixes text and a parameter`,
        'A path parameter is a whole segment: /pets/{id}.',
      )
    if (parameter === null) continue
    const [, name = '', greedy] = parameter
    if (names.has(name))
      return problem(`The path ${path} has two parameters ${name}`, 'Name them differently.')
    names.add(name)
    if (greedy === '+' && index < segments.length - 1)
      return problem(
        `In the path ${path}, {${name}+} is not the last segment`,
        'A greedy parameter takes all the rest.',
      )
  }
  return undefined
}
