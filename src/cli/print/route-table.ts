import { padVisible, type Style } from './style.ts'

/** One method of one API, in the words of the table. */
export interface RouteRow {
  readonly method: string
  /** With the stage in front. */
  readonly path: string
  /** `greeting`, `https://example.com/…`, `mock`. */
  readonly target: string
  /** `aws`, `aws_proxy`, `http` … */
  readonly type: string
  /** `IAM`, the authorizer's name, `key`; empty when anyone may call. */
  readonly access: string
}

/** How much of a table is shown. */
export interface TableRoom {
  /** Routes; the rest is counted. */
  readonly rows?: number
  /** Of the terminal; targets that do not fit are cut. */
  readonly columns?: number
  /** Where the rest is to be seen (`lambdarium routes`). */
  readonly rest?: string
}

/** A target that is longer than this (a URL) does not push the column behind it to the right for all the others. */
const usualTarget = 28

/** The routes in columns. */
export function routeTable(
  routes: readonly RouteRow[],
  style: Style,
  {
    rows = Number.POSITIVE_INFINITY,
    columns = Number.POSITIVE_INFINITY,
    rest = 'lambdarium routes',
  }: TableRoom = {},
): string[] {
  const shown = routes.slice(0, rows)
  const widest = (lengths: readonly number[]): number => Math.max(0, ...lengths)
  const methods = widest(shown.map(row => row.method.length))
  const paths = Math.min(60, widest(shown.map(row => row.path.length)))
  const room = Math.max(usualTarget, columns - methods - paths - 20)
  const targets = widest(shown.map(row => row.target.length).filter(length => length <= usualTarget))
  const lines = shown.map(row => {
    const method = padVisible(paintMethod(row.method, style), methods)
    const path = padVisible(paintPath(row.path, style), paths)
    const target = padVisible(shorten(row.target, room), targets)
    const access = row.access === '' ? '' : `  ${style.yellow(row.access)}`
    return `${method}  ${path}  ${style.dim('→')} ${target}  ${style.dim(row.type)}${access}`.trimEnd()
  })
  if (routes.length > shown.length) {
    lines.push(style.dim(`… and ${routes.length - shown.length} more: ${rest}`))
  }
  return lines
}

/** Each HTTP method in its own colour, so that a log can be read down its column. */
export function paintMethod(method: string, style: Style): string {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return style.green(method)
    case 'POST':
      return style.cyan(method)
    case 'PUT':
    case 'PATCH':
      return style.yellow(method)
    case 'DELETE':
      return style.red(method)
    case 'OPTIONS':
      return style.dim(method)
    default:
      return style.magenta(method)
  }
}

function paintPath(path: string, style: Style): string {
  return path.replaceAll(/\{[^}]+\}/g, match => style.cyan(match))
}

function shorten(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`
}
