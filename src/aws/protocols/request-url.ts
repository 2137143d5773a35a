import { decodePath } from './routes.ts'

/** A request's target taken apart. */
export interface RequestUrl {
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
}

/** Takes Node's `request.url` apart; an absolute form (as proxies send it) loses its origin. */
export function parseRequestUrl(rawUrl: string): RequestUrl {
  const target = rawUrl.startsWith('/') ? rawUrl : rawUrl.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '') || '/'
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  return { path: path === '' ? '/' : path, query: mark < 0 ? [] : parseQuery(target.slice(mark + 1)) }
}

/** Reads `a=1&b` in order; a plus is a blank. */
export function parseQuery(text: string): (readonly [name: string, value: string])[] {
  if (text === '') return []
  const pairs: (readonly [name: string, value: string])[] = []
  for (const part of text.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    pairs.push([decodeQuery(name), equals < 0 ? '' : decodeQuery(part.slice(equals + 1))])
  }
  return pairs
}

const decodeQuery = (text: string): string =>
  decodePath(text.includes('+') ? text.replaceAll('+', ' ') : text)
