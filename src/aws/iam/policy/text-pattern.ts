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

/** One stretch between two `*`: its text, and which of its characters a `?` leaves open. */
interface Stretch {
  readonly text: string
  readonly open: ReadonlySet<number>
}

/**
 * Matches stretch by stretch, each at the first place where it fits: linear in the text for every number of `*`, where a
 * regular expression would try all ways to divide it.
 */
function match(pieces: readonly Exclude<Piece, Variable>[]): (text: string) => boolean {
  const stretches = stretchesOf(pieces)
  const first = stretches[0] as Stretch
  const last = stretches[stretches.length - 1] as Stretch
  if (stretches.length === 1)
    return first.open.size === 0
      ? text => text === first.text
      : text => text.length === first.text.length && fits(first, text, 0)
  const middle = stretches.slice(1, -1).filter(stretch => stretch.text !== '')
  const least = stretches.reduce((sum, stretch) => sum + stretch.text.length, 0)
  return text => {
    if (text.length < least || !fits(first, text, 0)) return false
    const end = text.length - last.text.length
    if (!fits(last, text, end)) return false
    let at = first.text.length
    for (const stretch of middle) {
      const found = find(stretch, text, at, end)
      if (found < 0) return false
      at = found + stretch.text.length
    }
    return at <= end
  }
}

function stretchesOf(pieces: readonly Exclude<Piece, Variable>[]): readonly Stretch[] {
  const stretches: { text: string; open: Set<number> }[] = [{ text: '', open: new Set() }]
  for (const piece of pieces) {
    const stretch = stretches[stretches.length - 1] as { text: string; open: Set<number> }
    if ('literal' in piece) stretch.text += piece.literal
    else if (piece.wild === '*') stretches.push({ text: '', open: new Set() })
    else {
      stretch.open.add(stretch.text.length)
      stretch.text += '?'
    }
  }
  return stretches
}

function fits({ text: wanted, open }: Stretch, text: string, at: number): boolean {
  if (open.size === 0) return text.startsWith(wanted, at)
  for (let index = 0; index < wanted.length; index++)
    if (!open.has(index) && wanted[index] !== text[at + index]) return false
  return at + wanted.length <= text.length
}

function find(stretch: Stretch, text: string, from: number, end: number): number {
  const until = end - stretch.text.length
  if (stretch.open.size === 0) {
    const at = text.indexOf(stretch.text, from)
    return at <= until ? at : -1
  }
  for (let at = from; at <= until; at++) if (fits(stretch, text, at)) return at
  return -1
}
