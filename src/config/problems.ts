import type * as z from 'zod'
import { nearestName, UserError } from '../lib/index.ts'
import { locate } from './locate.ts'
import { configSchema } from './schema.ts'
import { descriptionAt, keysAt } from './walk.ts'

/** The configuration is wrong; `problems` holds everything that was found, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly UserError[]

  constructor(problems: readonly UserError[]) {
    const [first, ...others] = problems
    const more = others.length > 0 ? ` (and ${others.length} more)` : ''
    super(`${first?.message ?? 'The configuration is wrong'}${more}`, { cause: first })
    this.problems = problems
  }
}

/** A configuration file as it was read. */
export interface ConfigSource {
  readonly file: string
  readonly text: string
}

type Issue = z.core.$ZodIssue

/** Says in words, with place and hint, what the schema found wrong. `names` tells where a top-level key came from. */
export function describeIssues(
  issues: readonly Issue[],
  source: ConfigSource | undefined,
  names: ReadonlyMap<string, string> = new Map(),
): UserError[] {
  return issues
    .flatMap(issue => flatten(issue, []))
    .map(({ issue, path }) => {
      const [top = ''] = path
      const given = names.get(String(top))
      const position = given === undefined && source !== undefined ? positionOf(source, issue, path) : {}
      const name = given ?? (path.length === 0 ? 'The configuration' : `\`${pathText(path)}\``)
      if (issue.code === 'unrecognized_keys') {
        const [key = ''] = issue.keys
        const nearest = nearestName(key, keysAt(configSchema, path))
        const where = path.length === 0 ? 'the configuration' : `\`${pathText(path)}\``
        return new UserError('unknown-config-key', `${where} has no key \`${key}\``.replace(/^t/, 'T'), {
          ...position,
          hint:
            nearest === undefined
              ? `Keys: ${keysAt(configSchema, path).join(', ')}`
              : `Did you mean \`${nearest}\`?`,
        })
      }
      const hint = descriptionAt(configSchema, path)
      return new UserError('invalid-config', `${name} ${wrong(issue)}`, {
        ...position,
        ...(hint && { hint }),
      })
    })
}

/** Unions tell every alternative's complaints; only those of the alternative that was most likely meant are of use. */
function flatten(issue: Issue, above: readonly PropertyKey[]): { issue: Issue; path: (string | number)[] }[] {
  const path = [...above, ...issue.path].map(key => (typeof key === 'symbol' ? String(key) : key)) as (
    | string
    | number
  )[]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({ issue: { ...issue, keys: [key] }, path }))
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }]
  const scored = issue.errors
    .map(issues => ({ issues, score: issues.reduce((sum, each) => sum + costOf(each), 0) }))
    .sort((a, b) => a.score - b.score)
  const [best, second] = scored
  if (
    best === undefined ||
    best.issues.some(each => each.path.length === 0 && each.code === 'invalid_type')
  ) {
    return [{ issue, path }]
  }
  // Two alternatives equally far: say so rather than guess.
  if (second !== undefined && second.score === best.score && best.score > 0) return [{ issue, path }]
  return best.issues.flatMap(each => flatten(each, path))
}

function costOf(issue: Issue): number {
  if (issue.code === 'unrecognized_keys') return issue.keys.length
  // A required key that is missing tells alternatives apart better than anything else.
  return issue.code === 'invalid_type' ? 2 : 1
}

function wrong(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && /undefined$/.test(issue.message)
        ? `is missing; it is ${article(issue.expected)}`
        : `is not ${article(issue.expected)}`
    case 'invalid_value':
      return `is not one of ${issue.values.map(value => JSON.stringify(value)).join(', ')}`
    case 'too_big':
      return `is more than ${issue.maximum}`
    case 'too_small':
      return issue.origin === 'string' ? 'is empty' : `is less than ${issue.minimum}`
    case 'invalid_union':
      return 'is none of the forms that it may have'
    default:
      return issue.message.startsWith('is ') ? issue.message : `is wrong: ${issue.message}`
  }
}

function article(type: string): string {
  const name = { int: 'whole number', record: 'object', undefined: 'nothing' }[type] ?? type
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((key, index) =>
      typeof key === 'number'
        ? `[${key}]`
        : /^[\w$]+$/.test(key)
          ? `${index ? '.' : ''}${key}`
          : `[${JSON.stringify(key)}]`,
    )
    .join('')
}

function positionOf(source: ConfigSource, issue: Issue, path: readonly (string | number)[]) {
  const wanted = issue.code === 'unrecognized_keys' ? [...path, ...issue.keys] : path
  const place = locate(source.text, wanted) ?? { line: 1, column: 1 }
  return { position: { file: source.file, ...place }, source: source.text }
}
