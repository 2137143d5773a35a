import type { RequestContext } from './request-context.ts'

/** A pattern with its variables filled in: tells whether a text matches, undefined where a variable has no value. */
export type TextPattern = (context: RequestContext) => ((text: string) => boolean) | undefined

type Piece = { readonly literal: string } | { readonly wild: '*' | '?' } | Variable

interface Variable {
  readonly key: string
  readonly fallback: string | undefined
}

/**
 * Compiles a value of a policy. `variables` is off for Version 2008-10-17, in which `${…}` is plain text; `wildcards` is
 * off for operators that compare whole texts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function compileText(
  source: string,
  options: { readonly variables: boolean; readonly wildcards: boolean; readonly ignoreCase?: boolean },
): TextPattern {
  const pieces = piecesOf(source, options)
  const matcher = options.ignoreCase ? matchIgnoringCase : match
  if (!pieces.some(piece => 'key' in piece)) {
    const test = matcher(pieces as readonly Exclude<Piece, Variable>[])
    return () => test
  }
  return context => {
    const filled: Exclude<Piece, Variable>[] = []
    for (const piece of pieces) {
      if (!('key' in piece)) {
        filled.push(piece)
        continue
      }
      const value = variableValue(piece, context)
      if (value === undefined) return undefined
      filled.push({ literal: value })
    }
    return matcher(filled)
  }
}

/** The text with its variables filled in, for operators that compare no texts (dates, numbers, addresses, ARNs). */
export function compileValue(
  source: string,
  variables: boolean,
): (context: RequestContext) => string | undefined {
  const pieces = piecesOf(source, { variables, wildcards: false })
  if (!pieces.some(piece => 'key' in piece)) return () => source
  return context => {
    let text = ''
    for (const piece of pieces) {
      const value =
        'key' in piece ? variableValue(piece, context) : 'literal' in piece ? piece.literal : piece.wild
      if (value === undefined) return undefined
      text += value
    }
    return text
  }
}

/** A variable stands only for a key with exactly one value. */
function variableValue({ key, fallback }: Variable, context: RequestContext): string | undefined {
  const values = context(key)
  return values?.length === 1 ? values[0] : fallback
}

function piecesOf(
  source: string,
  { variables, wildcards }: { readonly variables: boolean; readonly wildcards: boolean },
): Piece[] {
  const pieces: Piece[] = []
  const pattern = variables ? /\$\{([^}]*)\}|\*|\?/g : /\*|\?/g
  let from = 0
  const literal = (text: string) => {
    const last = pieces.at(-1)
    if (text === '') return
    if (last !== undefined && 'literal' in last) pieces[pieces.length - 1] = { literal: last.literal + text }
    else pieces.push({ literal: text })
  }
  for (const found of source.matchAll(pattern)) {
    literal(source.slice(from, found.index))
    from = found.index + found[0].length
    const inner = found[1]
    if (inner === undefined) {
      if (wildcards) pieces.push({ wild: found[0] as '*' | '?' })
      else literal(found[0])
    } else if (inner === '*' || inner === '?' || inner === '$') literal(inner)
    else pieces.push(variableOf(inner))
  }
  literal(source.slice(from))
  return pieces
}

/** `aws:username` or `aws:PrincipalTag/team, 'company-wide'`. */
function variableOf(inner: string): Variable {
  const found = /^\s*([^,]+?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner)
  return { key: (found?.[1] ?? inner).toLowerCase(), fallback: found?.[2] }
}

function matchIgnoringCase(pieces: readonly Exclude<Piece, Variable>[]): (text: string) => boolean {
  const lower = pieces.map(piece => ('literal' in piece ? { literal: piece.literal.toLowerCase() } : piece))
  const test = match(lower)
  return text => test(text.toLowerCase())
}

function match(pieces: readonly Exclude<Piece, Variable>[]): (text: string) => boolean {
  const [first, second] = pieces
  if (first === undefined) return text => text === ''
  if (pieces.length === 1) {
    if ('literal' in first) return text => text === first.literal
    if (first.wild === '*') return () => true
  }
  if (
    pieces.length === 2 &&
    second !== undefined &&
    'literal' in first &&
    'wild' in second &&
    second.wild === '*'
  )
    return text => text.startsWith(first.literal)
  const expression = pieces
    .map(piece =>
      'literal' in piece
        ? piece.literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
        : piece.wild === '*'
          ? '[^]*'
          : '[^]',
    )
    .join('')
  // Runs of * would make the expression back-track without end.
  const compiled = new RegExp(`^${expression.replace(/(?:\[\^\]\*)+/g, '[^]*')}$`)
  return text => compiled.test(text)
}
