import type { Token } from '../syntax/token.ts'

/** What the first token of a reference says about it. */
export interface ReferenceName {
  /** `runt`: an identifier without `$` that the lexer took for a reference; it prints itself. */
  readonly kind: 'normal' | 'quiet' | 'formal' | 'runt'
  readonly root: string
  readonly escaped: boolean
  /** False for `$\!name`, which has no value. */
  readonly computable: boolean
  /** Half of the backslashes in front. */
  readonly escapes: string
  /** Text that was read together with the reference: the first `$` of `$$name`. */
  readonly prefix: string
}

/** Reads the first token and strips its escapes, for Velocity prints the stripped one wherever it prints it again. */
export function readReferenceName(token: Token, next: Token | undefined): ReferenceName {
  const slash = token.image.indexOf('\\!')
  if (slash !== -1) return slashBang(token)
  let escapes = ''
  let count = 0
  while (token.image[count] === '\\') count++
  if (count > 0) {
    escapes = '\\'.repeat(Math.floor(count / 2))
    token.image = token.image.slice(count)
  }
  const escaped = count % 2 !== 0
  let prefix = ''
  const dollar = token.image.lastIndexOf('$')
  if (dollar > 0) {
    prefix = token.image.slice(0, dollar)
    token.image = token.image.slice(dollar)
  }
  const { image } = token
  let kind: ReferenceName['kind'] = 'runt'
  let root = image
  if (image.startsWith('$!')) {
    kind = 'quiet'
    root = image.startsWith('$!{') ? (next?.image ?? '') : image.slice(2)
  } else if (image === '${') {
    kind = 'formal'
    root = next?.image ?? ''
  } else if (image.startsWith('$')) {
    kind = 'normal'
    root = image.slice(1)
  }
  return { kind, root, escaped, escapes, prefix, computable: true }
}

/** `$\!name` is no reference; one backslash goes. */
function slashBang({ image }: Token): ReferenceName {
  const dollar = image.indexOf('$')
  let start = dollar
  while (start < image.length && image[start] !== '\\') start++
  let count = 0
  while (image[start + count] === '\\') count++
  const root = image.slice(0, start) + image.slice(start, start + count - 1) + image.slice(start + count)
  return { kind: 'normal', root, escaped: false, computable: false, escapes: '', prefix: '' }
}
